import { ConfigurationError, quote } from '../../platform/errors.ts';
import { Numbering } from '../../platform/numbering.ts';
import { counted } from '../../text/counts.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type {
  BooleanColumn,
  CategoryColumn,
  Column,
  ColumnType,
  DateColumn,
  NumberColumn,
} from '../table/table.ts';
import { dateReader } from '../values/date-format.ts';
import { largestTime } from '../values/date-parts.ts';
import { timesOfTexts } from '../values/date-texts.ts';
import { numberTextReader } from '../values/number-example.ts';
import { refuseStrays } from './stray-values.ts';

/** What a text says when a column is of booleans; lower case. */
export const truths: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['yes', 1],
  ['1', 1],
  ['false', 0],
  ['no', 0],
  ['0', 0],
]);

/** A column that is to be read as a type. */
export interface Typing {
  readonly name: string;
  readonly column: Column;
  readonly places: RowPlaces;
  /** Why it has this type, for messages: `features.year.type is date`. */
  readonly why: string;
  /** How dates are written, see `dateReader`, default iso; or numbers, see `numberTextReader`, default as in programs. */
  readonly format?: string | undefined;
}

/**
 * A column as a type that is declared, frozen or inferred.
 *
 * @throws ConfigurationError naming file, row and value of what is not of that type.
 */
export function columnAs(type: ColumnType, typing: Typing): Column {
  switch (type) {
    case 'number':
      return asNumbers(typing);
    case 'category':
      return asCategories(typing.column);
    case 'boolean':
      return asBooleans(typing);
    case 'date':
      return asDates(typing);
  }
}

function asNumbers({ name, column, places, why, format }: Typing): NumberColumn {
  if (column.type === 'number') return column;
  if (column.type === 'boolean') {
    return { type: 'number', values: mapCodes(column.values, Float64Array.of(0, 1)) };
  }
  if (column.type === 'date') {
    throw new ConfigurationError(
      `column ${quote(name)}: ${why}, but the source itself says that it holds dates: declare features.${name}.type: date`,
    );
  }
  const numbers = Float64Array.from(column.dictionary, numberTextReader(format, `features.${name}.format`));
  refuseStrays(column, {
    name,
    isStray: (code) => Number.isNaN(numbers[code]!),
    places,
    problem: (strays) =>
      `column ${quote(name)}: ${why}, but ${countOf(strays)} not a number${format === undefined ? '' : ` written as ${format}`}:`,
    remedy: `fix the data, add the text to prepare.missing-markers if it means missing, or declare features.${name}.type: category`,
  });
  return { type: 'number', values: mapCodes(column.codes, numbers) };
}

/** A column as categories: numbers and dates by what they are written as. */
export function asCategories(column: Column): CategoryColumn {
  switch (column.type) {
    case 'category':
      return column;
    case 'boolean':
      return { type: 'category', codes: Int32Array.from(column.values), dictionary: ['false', 'true'] };
    case 'date':
      return numberLabels(column.values, (value) => new Date(value).toISOString());
    case 'number':
      return numberLabels(column.values, String);
  }
}

function numberLabels(values: Float64Array, textOf: (value: number) => string): CategoryColumn {
  const codes = new Int32Array(values.length).fill(-1);
  const known = new Numbering<number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) codes[row] = known.of(value);
  }
  return { type: 'category', codes, dictionary: known.values.map(textOf) };
}

function asBooleans({ name, column, places, why }: Typing): BooleanColumn {
  if (column.type === 'boolean') return column;
  const text = asCategories(column);
  const truth = Int8Array.from(text.dictionary, (entry) => truths.get(entry.trim().toLowerCase()) ?? -1);
  refuseStrays(text, {
    name,
    isStray: (code) => truth[code]! < 0,
    places,
    problem: (strays) =>
      `column ${quote(name)}: ${why}, but ${countOf(strays)} not true, false, yes, no, 1 or 0:`,
    remedy: `fix the data, add the text to prepare.missing-markers if it means missing, or declare features.${name}.type: category`,
  });
  return { type: 'boolean', values: Int8Array.from(text.codes, (code) => (code < 0 ? -1 : truth[code]!)) };
}

function asDates({ name, column, places, why, format = 'iso' }: Typing): DateColumn {
  if (column.type === 'date') return column;
  const read = dateReader(format, `features.${name}.format`);
  if (column.type === 'number' && format.startsWith('unix-')) {
    const factor = format === 'unix-seconds' ? 1000 : 1;
    const times = column.values.map((value) => Math.floor(value * factor));
    if (times.every((time) => !(Math.abs(time) > largestTime))) return { type: 'date', values: times };
  }
  const text = asCategories(column);
  const times = timesOfTexts(text.dictionary, read);
  refuseStrays(text, {
    name,
    isStray: (code) => Number.isNaN(times[code]!),
    places,
    problem: (strays) =>
      `column ${quote(name)}: ${why}, but ${countOf(strays)} not a date of the format ${format}:`,
    remedy: `fix the data, or declare in features.${name}.format how its dates are written: iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm`,
  });
  return { type: 'date', values: mapCodes(text.codes, times) };
}

/** `one value is`, `1,204 values are`. */
function countOf(rows: number): string {
  return rows === 1 ? 'one value is' : `${counted(rows, 'value')} are`;
}

function mapCodes(codes: Int32Array | Int8Array, values: Float64Array): Float64Array {
  const mapped = new Float64Array(codes.length);
  for (let row = 0; row < mapped.length; row++) {
    const code = codes[row]!;
    mapped[row] = code < 0 ? Number.NaN : values[code]!;
  }
  return mapped;
}
