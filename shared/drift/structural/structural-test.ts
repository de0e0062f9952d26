// Changes that a person would name in a sentence, each with an exact or conservative p-value of its own (ADR 0025).

/** Each kind of change of a column's structure, in the order in which a column's are told. */
export const structuralChanges = ['unit', 'constant', 'apart', 'missing', 'new-categories'] as const;

export type StructuralChange = (typeof structuralChanges)[number];

/** A change that is seen in a column: plain data. */
export interface StructuralTest {
  readonly change: StructuralChange;
  /** The chance of such a change where nothing has changed, at the most. */
  readonly p: number;
  /** One sentence without its full stop: `s7 is constant at 0.31`. */
  readonly words: string;
}

/** What was looked for in a column, and what was found; what was looked for counts, whether it was found or not. */
export interface Structure {
  readonly tested: readonly StructuralChange[];
  /** Those large enough to matter. */
  readonly seen: readonly StructuralTest[];
}

/** Nothing structural was found. */
export const noStructure: Structure = { tested: [], seen: [] };

/** Two columns' or tests' findings together. */
export function joinedStructure(...all: readonly Structure[]): Structure {
  return { tested: all.flatMap(({ tested }) => tested), seen: all.flatMap(({ seen }) => seen) };
}

/** Of a reference's rows, the share from which on a change matters: one percentage point. */
export const leastShare = 0.01;
