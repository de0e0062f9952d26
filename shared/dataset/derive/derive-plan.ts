import { ConfigurationError } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import { numberInRow, textInRow } from '../table/row-values.ts';
import type { ColumnType, Row, Value } from '../table/table.ts';
import { largestTime } from '../values/date-parts.ts';
import { compileExpression } from './derive-compile.ts';
import type { ExpressionSite } from './derive-syntax.ts';
import { asText, describeType, type ExpressionFrame, type Term } from './derive-values.ts';

/** A column by name and type. */
export interface NamedType {
  readonly name: string;
  readonly type: ColumnType;
}

/** A column to compute; without a type, the expression's own is taken. */
export interface Derivation {
  readonly name: string;
  readonly expression: string;
  readonly type?: ColumnType | undefined;
}

/** A derived column, ready to run. */
export interface DerivedColumn extends Required<Derivation> {
  readonly type: ColumnType;
  readonly term: Exclude<Term, { type: 'null' }>;
  /** Slots of the frame that it reads. */
  readonly reads: readonly number[];
  readonly slot: number;
}

/** Derived columns over a row's columns; slots are the row's columns, then the derived ones. */
export interface DerivePlan {
  readonly slots: readonly NamedType[];
  readonly derived: readonly DerivedColumn[];
}

/** What makes a column unusable in expressions, as the end of a sentence about it. */
export type Refusal = (name: string) => string | undefined;

/** Whatever is not a finite number becomes missing: division by zero, the logarithm of a negative number. */
function finiteTerm(
  term: Extract<Term, { type: 'number' | 'date' | 'boolean' }>,
  type: 'number' | 'date',
): Term {
  const { run } = term;
  const limit = type === 'date' ? largestTime : Number.MAX_VALUE;
  return {
    type,
    run: (frame) => {
      const value = run(frame);
      return Math.abs(value) <= limit ? value + 0 : Number.NaN;
    },
  };
}

/** Turns an expression's values into those of the declared type, where that loses nothing. */
function convert(site: ExpressionSite, term: Term, wanted: ColumnType | undefined): DerivedColumn['term'] {
  const type = wanted ?? (term.type === 'null' ? 'number' : term.type);
  let converted: Term | undefined;
  if (term.type === 'null') {
    throw new ConfigurationError(`${site.where}: ${JSON.stringify(site.text)} is missing in every row`);
  }
  if (type === 'category' && term.type !== 'date') converted = { type, run: asText(term) };
  else if (type === 'boolean' && term.type === 'boolean') converted = term;
  else if (type === 'number' && term.type !== 'category') converted = finiteTerm(term, type);
  else if (type === 'date' && (term.type === 'date' || term.type === 'number'))
    converted = finiteTerm(term, type);
  if (!converted || converted.type === 'null') {
    throw new ConfigurationError(
      `${site.where}: ${JSON.stringify(site.text)} gives ${describeType(term.type)}, but the column is declared as a ${type}`,
    );
  }
  return converted;
}

function readSlot(slot: number, type: ColumnType): Term {
  if (type === 'category') return { type, run: (frame) => frame.texts[slot]! };
  return { type, run: (frame) => frame.numbers[slot]! };
}

/**
 * Compiles derived columns; each may use the row's columns and the derived ones before it.
 *
 * @param where what an error message calls a derived column: `prepare.derive.power_to_weight`.
 * @param refusal names that exist and may not be used, with the reason.
 * @throws ConfigurationError for a name that is taken, unknown or refused, and for whatever an expression may not say.
 */
export function planDerivations(
  columns: readonly NamedType[],
  derivations: readonly Derivation[],
  where: (name: string) => string,
  refusal: Refusal = () => undefined,
): DerivePlan {
  const slots: NamedType[] = [...columns];
  const derived: DerivedColumn[] = [];
  for (const { name, expression, type } of derivations) {
    const site = { where: where(name), text: expression };
    if (slots.some((slot) => slot.name === name) || refusal(name) !== undefined) {
      throw new ConfigurationError(
        `${site.where}: there is a column ${name} already; give the derived one another name`,
      );
    }
    const reads = new Set<number>();
    const term = compileExpression(site, (used, fail) => {
      const slot = slots.findIndex((candidate) => candidate.name === used);
      if (slot >= 0) {
        reads.add(slot);
        return readSlot(slot, slots[slot]!.type);
      }
      const later = derivations.some((other) => other.name === used);
      const names = slots.map((candidate) => candidate.name);
      throw fail(
        refusal(used) ??
          (later
            ? `${used} is derived later or here itself; a derived column may use those declared before it`
            : `there is no column ${used}${didYouMean(used, names) || `; there are ${listNames(names)}`}`),
      );
    });
    const converted = convert(site, term, type);
    const slot = slots.push({ name, type: converted.type }) - 1;
    derived.push({ name, expression, type: converted.type, term: converted, reads: [...reads], slot });
  }
  return { slots, derived };
}

/** An empty frame for a plan's slots. */
export function frameOf(plan: DerivePlan): ExpressionFrame {
  return {
    numbers: new Float64Array(plan.slots.length).fill(Number.NaN),
    texts: plan.slots.map(() => null),
  };
}

function frameValue(type: ColumnType, frame: ExpressionFrame, slot: number): Value {
  if (type === 'category') return frame.texts[slot]!;
  const value = frame.numbers[slot]!;
  if (Number.isNaN(value)) return null;
  return type === 'boolean' ? value === 1 : value;
}

/** Computes a derived column for the row in the frame, and leaves the value there for later ones. */
export function runDerived({ term, slot }: DerivedColumn, frame: ExpressionFrame): void {
  if (term.type === 'category') frame.texts[slot] = term.run(frame);
  else frame.numbers[slot] = term.run(frame);
}

/** A function that computes all derived values of a row, in the plan's order; its answer is reused by the next call. */
export function compileRowDerivation(plan: DerivePlan): (row: Row) => readonly Value[] {
  const frame = frameOf(plan);
  const raw = plan.slots.length - plan.derived.length;
  const reads = [...new Set(plan.derived.flatMap((column) => column.reads))].filter((slot) => slot < raw);
  const values: Value[] = plan.derived.map(() => null);
  return (row) => {
    for (const slot of reads) {
      const { name, type } = plan.slots[slot]!;
      if (type === 'category') frame.texts[slot] = textInRow(row[name], name);
      else frame.numbers[slot] = numberInRow(row[name], name, type);
    }
    for (let i = 0; i < plan.derived.length; i++) {
      const column = plan.derived[i]!;
      runDerived(column, frame);
      values[i] = frameValue(column.type, frame, column.slot);
    }
    return values;
  };
}
