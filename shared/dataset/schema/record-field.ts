import { quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import type { Value } from '../table/table.ts';
import { truths } from '../types/column-type.ts';
import { type DateReader, dateReader } from '../values/date-format.ts';
import { largestTime } from '../values/date-parts.ts';
import { parseIsoDate } from '../values/iso-date.ts';
import { numberTextReader } from '../values/number-example.ts';
import type { ColumnSchema } from './schema.ts';

/** What a field held. */
export interface FieldReading {
  readonly value: Value;
  readonly allowed: string;
  /** Why it cannot be used. */
  readonly problem?: string;
  /** Why the prediction may be worth less. */
  readonly warning?: string;
}

/** The longest list of categories that a schema keeps; when it is full, others may have been seen too. */
const keptCategories = 2048;

const lacking =
  'no value is given, which occurred in training rarely or never: the model has not learnt what that means';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  object: 'an object',
};

/** How values of a column of numbers or dates are written; a day at its start as a day. */
function shownAs({ type }: ColumnSchema): (value: number) => string {
  return type === 'date' ? (value) => new Date(value).toISOString().replace('T00:00:00.000Z', '') : String;
}

/** `a number from 1 to 500`, `an ISO 8601 date up to 2026-03-31`. */
function describe(column: ColumnSchema, format: string | undefined): string {
  const show = shownAs(column);
  const [low, high] = column.range ?? [null, null];
  const within =
    low !== null && high !== null
      ? ` from ${show(low)} to ${show(high)}`
      : low !== null
        ? ` of ${show(low)} or more`
        : high !== null
          ? ` up to ${show(high)}`
          : '';
  const noun = {
    number: `a number${within}`,
    date: format ? `a date as ${format}${within}` : `an ISO 8601 date${within}, or milliseconds since 1970`,
    boolean: 'true or false',
    category: 'a text',
  }[column.type];
  return column.nullable ? `${noun}, or null` : noun;
}

/** What a CSV cell's text stands for; the text itself when it stands for nothing of the column's type. */
function coerced(column: ColumnSchema, text: string, readText: (text: string) => number): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (column.type === 'number') {
    const value = readText(trimmed);
    return Number.isFinite(value) ? value : text;
  }
  if (column.type === 'boolean') {
    const truth = truths.get(trimmed.toLowerCase());
    return truth === undefined ? text : truth === 1;
  }
  return column.type === 'category' ? text : trimmed;
}

function readNumber(column: ColumnSchema, readDate: DateReader, value: unknown): number | undefined {
  if (column.type === 'date' && typeof value === 'string') return readDate(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return column.type === 'date' && Math.abs(value) > largestTime ? undefined : value;
}

function numberReader(
  column: ColumnSchema,
  { allowed, readDate, grows }: { allowed: string; readDate: DateReader; grows: boolean },
): (value: unknown) => FieldReading {
  const show = shownAs(column);
  const [low, high] = column.range ?? [null, null];
  const { seen } = column;
  return (given) => {
    const value = readNumber(column, readDate, given);
    if (value === undefined) {
      const kind =
        typeof given === 'number' || column.type === 'date'
          ? ''
          : ` is ${kinds[typeof given] ?? typeof given}`;
      const said = typeof given === 'number' ? String(given) : quote(given);
      return {
        value: null,
        allowed,
        problem: kind ? `${said}${kind}; write ${allowed}` : `${said} cannot be read; write ${allowed}`,
      };
    }
    if ((low !== null && value < low) || (high !== null && value > high)) {
      return { value: null, allowed, problem: `${show(value)} is out of range; write ${allowed}` };
    }
    if (seen && (value < seen[0] || (value > seen[1] && !grows))) {
      const warning = `${show(value)} is outside the typical training range, ${show(seen[0])} to ${show(seen[1])}`;
      return { value: value + 0, allowed, warning };
    }
    return { value: value + 0, allowed };
  };
}

function categoryReader(
  column: ColumnSchema,
  allowed: string,
  keepsSpaces: boolean,
): (value: unknown) => FieldReading {
  const categories = column.categories ?? [];
  const seen = new Set(categories);
  const complete = column.categories !== undefined && categories.length < keptCategories;
  return (given) => {
    if (typeof given !== 'string') {
      const problem = `${quote(given)} is ${kinds[typeof given] ?? typeof given}; write ${allowed}`;
      return { value: null, allowed, problem };
    }
    const value = keepsSpaces ? given : given.trim();
    if (!complete || seen.has(value)) return { value, allowed };
    const often = categories.length === 0 ? '' : `; training often saw ${listNames(categories, 10)}`;
    const hint = didYouMean(value, categories) || often;
    return { value, allowed, warning: `${quote(value)} occurred in training rarely or never${hint}` };
  };
}

function booleanReader(allowed: string): (value: unknown) => FieldReading {
  return (value) => {
    if (typeof value === 'boolean') return { value, allowed };
    const problem = `${quote(value)} is ${kinds[typeof value] ?? typeof value}; write ${allowed}`;
    return { value: null, allowed, problem };
  };
}

/**
 * Makes a reader of one column's field.
 *
 * @param coerce reads numbers, booleans and dates (in the column's declared format) from texts, and an empty text
 * as missing. @param keepsSpaces whether training kept the spaces around texts: else they go here, too.
 */
export function fieldReader(
  column: ColumnSchema,
  {
    coerce = false,
    keepsSpaces = false,
    markers,
    isPresent = false,
    grows = false,
  }: {
    readonly coerce?: boolean;
    readonly keepsSpaces?: boolean;
    /** Numbers that mean missing. */
    readonly markers?: ReadonlySet<number>;
    /** Whether training rows hardly ever lacked a value. */
    readonly isPresent?: boolean;
    /** Whether rows to come have larger values, as those of `data.time`: that is nothing to warn of. */
    readonly grows?: boolean;
  },
): (value: unknown) => FieldReading {
  const format = coerce && column.type === 'date' && column.format !== 'iso' ? column.format : undefined;
  const readText = numberTextReader(column.type === 'number' ? column.format : undefined, column.name);
  const readDate = format === undefined ? parseIsoDate : dateReader(format, column.name);
  const allowed = describe(column, format);
  const read =
    column.type === 'category'
      ? categoryReader(column, allowed, keepsSpaces)
      : column.type === 'boolean'
        ? booleanReader(allowed)
        : numberReader(column, { allowed, readDate, grows });
  return (given) => {
    if (given === undefined) {
      return { value: null, allowed, problem: `the record has no such field; write ${allowed}` };
    }
    const found = coerce && typeof given === 'string' ? coerced(column, given, readText) : given;
    const value = typeof found === 'number' && column.type === 'number' && markers?.has(found) ? null : found;
    if (value !== null) return read(value);
    if (column.nullable) return isPresent ? { value, allowed, warning: lacking } : { value, allowed };
    return { value, allowed, problem: `null is not allowed here; write ${allowed}` };
  };
}
