// From a table that nobody has described to a proposal of ciclo.yml, with reasons. Pure: whoever reads and asks calls it.
import type { RareLabel } from '../dataset/quality/rare-classes.ts';
import type { Task } from '../metrics/descriptors/descriptor.ts';
import type { Finding } from './findings.ts';

/** Where the rows are, as `data.source` of ciclo.yml says it. */
export type SourceDeclaration = Readonly<Record<string, string | number | readonly string[]>>;

/** How columns are written that can be read in several ways, by name: as `features.<column>.format`. */
export type ColumnFormats = Readonly<Record<string, string>>;

/** A column that models are not to see, and why. */
export interface LeftOut {
  readonly column: string;
  readonly why: string;
}

/** A choice and why it is proposed, as the end of a sentence. */
export interface Reasoned<Value> {
  readonly value: Value;
  readonly why: string;
}

/** What becomes of labels that few rows have: only a person's word publishes them. */
export interface RareLabels {
  readonly labels: readonly RareLabel[];
  /** Whether they are published with the model; else their rows are left out. */
  readonly published: boolean;
  /** The labels that ciclo.yml names: all of them, or those that are frequent enough. */
  readonly values: readonly string[];
}

/** What ciclo.yml is to say of a table. */
export interface Proposal {
  readonly name: string;
  readonly source: SourceDeclaration;
  readonly task: Reasoned<Task>;
  readonly target: Reasoned<string>;
  /** Texts that usually mean missing, and are classes of this target. */
  readonly classMarkers?: Reasoned<readonly string[]>;
  /** The labels of a classifier's target, sorted. */
  readonly classes?: readonly string[];
  /** Of a binary task. */
  readonly positive?: Reasoned<string>;
  /** What a person has said of columns that can be read in several ways. */
  readonly formats?: ColumnFormats;
  /** Present where some labels have fewer rows than a published value has. */
  readonly rareLabels?: RareLabels;
  readonly key?: Reasoned<string>;
  readonly time?: Reasoned<string>;
  /** Whether the time's month is something that models may learn from. */
  readonly season?: Reasoned<boolean>;
  /** Whether the newest rows judge. */
  readonly byTime?: Reasoned<boolean>;
  readonly group?: Reasoned<string>;
  /** Columns that a person has left out, before anything was proposed: what is said of the others is said without them. */
  readonly exclude?: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** What was found and may be said, whatever is decided. */
  readonly findings?: readonly Finding[];
  /** What else there is to know, each with the line that would say it. */
  readonly notes: readonly string[];
}
