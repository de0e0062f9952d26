import type { Lock } from '../config/lock.ts';
import type { Config } from '../config/schema.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { dateReader } from './date-format.ts';
import { parseIsoDate } from './iso-date.ts';
import { locateRow, type SourcePart, type SourceTable } from './origin.ts';
import type {
  BooleanColumn,
  CategoryColumn,
  Column,
  ColumnType,
  DateColumn,
  NumberColumn,
  Table,
} from './table.ts';

const truths = new Map([
  ['true', 1],
  ['yes', 1],
  ['false', 0],
  ['no', 0],
]);
/** When at least this share of a text column's rows are numbers, the others are taken for mistakes. */
const almostAll = 0.95;

/** Gives every column its type: declared, else frozen in the lock, else inferred from all rows. */
export function typeColumns(source: SourceTable, config: Config, lock: Lock | undefined): Table {
  const columns = new Map<string, Column>();
  for (const [name, column] of source.table.columns) {
    columns.set(name, typeColumn({ name, column, parts: source.parts, config, lock }));
  }
  return { rows: source.table.rows, columns };
}

interface Typing {
  readonly name: string;
  readonly column: Column;
  readonly parts: readonly SourcePart[];
  readonly config: Config;
  readonly lock: Lock | undefined;
}

function typeColumn(typing: Typing): Column {
  const { name, column, config, lock } = typing;
  const classifier = config.task !== 'regression' && name === config.target;
  const declared = classifier ? 'category' : config.features[name]?.type;
  const type = declared ?? lock?.types[name];
  const why = declared ? `features.${name}.type is ${declared}` : `ciclo.lock froze ${name} as ${type}`;
  if (type === undefined) return inferColumn(typing);
  switch (type) {
    case 'number':
      return asNumbers(typing, why);
    case 'category':
      return asCategories(column);
    case 'boolean':
      return asBooleans(typing, why);
    case 'date':
      return asDates(typing, why);
  }
}

function inferColumn(typing: Typing): Column {
  const { column } = typing;
  if (column.type !== 'category') return column;
  const used = usedEntries(column);
  if (used.length === 0) return column;
  const texts = used.map((code) => column.dictionary[code]!.trim());
  if (texts.every((text) => truths.has(text.toLowerCase()))) return asBooleans(typing, '');
  if (texts.every((text) => text.length >= 10 && parseIsoDate(text) !== undefined))
    return asDates(typing, '');
  refuseStrayTexts(typing, column);
  return column;
}

/** A column of numbers with a few words in it is a mistake in the data, not a category. */
function refuseStrayTexts(typing: Typing, column: CategoryColumn): void {
  const isNumber = column.dictionary.map((text) => !Number.isNaN(numberOf(text)));
  let numbers = 0;
  let present = 0;
  for (const code of column.codes) {
    if (code < 0) continue;
    present++;
    if (isNumber[code]) numbers++;
  }
  if (numbers === present || numbers < almostAll * present) return;
  const strays = findRows(column, (code) => !isNumber[code], 5);
  const { name, parts } = typing;
  throw new ConfigurationError(
    [
      `column ${quote(name)}: ${numbers} of ${present} values are numbers, ${present - numbers} ${present - numbers === 1 ? 'is' : 'are'} not:`,
      ...strays.map((row) => `  ${placeOf(parts, row)}: ${quote(column.dictionary[column.codes[row]!])}`),
      `mend the data, add the text to prepare.missing-markers if it means missing, or declare features.${name}.type: category`,
    ].join('\n'),
  );
}

function asNumbers(typing: Typing, why: string): NumberColumn {
  const { column, name, parts } = typing;
  if (column.type === 'number') return column;
  if (column.type === 'boolean') {
    return {
      type: 'number',
      values: Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value)),
    };
  }
  if (column.type === 'date') {
    throw new ConfigurationError(
      `${why}, but the source holds dates: declare type: date, or leave the type out`,
    );
  }
  const numbers = column.dictionary.map(numberOf);
  refuseRows(
    column,
    (code) => Number.isNaN(numbers[code]!),
    parts,
    `column ${quote(name)}: ${why}`,
    'is not a number',
    `mend the data, or add the text to prepare.missing-markers if it means missing`,
  );
  return { type: 'number', values: mapCodes(column, numbers) };
}

function asCategories(column: Column): CategoryColumn {
  if (column.type === 'category') return column;
  const codes = new Int32Array(column.values.length);
  const dictionary: string[] = [];
  const known = new Map<number, number>();
  const textOf =
    column.type === 'boolean'
      ? (value: number): string => String(value === 1)
      : column.type === 'date'
        ? (value: number): string => new Date(value).toISOString()
        : String;
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    if (Number.isNaN(value) || (column.type === 'boolean' && value < 0)) {
      codes[row] = -1;
      continue;
    }
    let code = known.get(value);
    if (code === undefined) {
      code = dictionary.push(textOf(value)) - 1;
      known.set(value, code);
    }
    codes[row] = code;
  }
  return { type: 'category', codes, dictionary };
}

function asBooleans(typing: Typing, why: string): BooleanColumn {
  const { column, name, parts } = typing;
  if (column.type === 'boolean') return column;
  const text = asCategories(column);
  const truth = text.dictionary.map((entry) => {
    const word = entry.trim().toLowerCase();
    return word === '1' ? 1 : word === '0' ? 0 : (truths.get(word) ?? -1);
  });
  refuseRows(
    text,
    (code) => truth[code]! < 0,
    parts,
    `column ${quote(name)}: ${why}`,
    'is not true, false, yes, no, 1 or 0',
    'mend the data, or declare another type',
  );
  return { type: 'boolean', values: Int8Array.from(text.codes, (code) => (code < 0 ? -1 : truth[code]!)) };
}

function asDates(typing: Typing, why: string): DateColumn {
  const { column, name, parts, config } = typing;
  if (column.type === 'date') return column;
  const format = config.features[name]?.format ?? 'iso';
  if (column.type === 'number' && format.startsWith('unix-')) {
    const factor = format === 'unix-seconds' ? 1000 : 1;
    return { type: 'date', values: column.values.map((value) => value * factor) };
  }
  const read = dateReader(format, `features.${name}.format`);
  const text = asCategories(column);
  const times = text.dictionary.map((entry) => read(entry.trim()) ?? Number.NaN);
  refuseRows(
    text,
    (code) => Number.isNaN(times[code]!),
    parts,
    `column ${quote(name)}: ${why}`,
    `is not a date of the format ${format}`,
    `declare features.${name}.format (iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy), or mend the data`,
  );
  return { type: 'date', values: mapCodes(text, times) };
}

/** The number that a text is, with spaces around it; NaN when it is none. */
function numberOf(text: string): number {
  const trimmed = text.trim();
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(trimmed);
  return infinite ? (infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number.NaN;
}

function usedEntries(column: CategoryColumn): number[] {
  const used = new Uint8Array(column.dictionary.length);
  for (const code of column.codes) if (code >= 0) used[code] = 1;
  return [...used.keys()].filter((code) => used[code] === 1);
}

function mapCodes(column: CategoryColumn, values: readonly number[]): Float64Array {
  const mapped = new Float64Array(column.codes.length);
  for (let row = 0; row < mapped.length; row++) {
    const code = column.codes[row]!;
    mapped[row] = code < 0 ? Number.NaN : values[code]!;
  }
  return mapped;
}

function findRows(column: CategoryColumn, wanted: (code: number) => boolean, limit: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < column.codes.length && rows.length < limit; row++) {
    const code = column.codes[row]!;
    if (code >= 0 && wanted(code)) rows.push(row);
  }
  return rows;
}

function refuseRows(
  column: CategoryColumn,
  bad: (code: number) => boolean,
  parts: readonly SourcePart[],
  subject: string,
  what: string,
  remedy: string,
): void {
  const rows = findRows(column, bad, 6);
  if (rows.length === 0) return;
  const lines = rows
    .slice(0, 5)
    .map((row) => `  ${placeOf(parts, row)}: ${quote(column.dictionary[column.codes[row]!])} ${what}`);
  throw new ConfigurationError(
    [`${subject}, but:`, ...lines, ...(rows.length > 5 ? ['  and more'] : []), remedy].join('\n'),
  );
}

/** `data/a.csv row 48213`. */
export function placeOf(parts: readonly SourcePart[], row: number): string {
  const place = locateRow(parts, row);
  return `${place.part} row ${place.row}`;
}

/** The types of a table's columns, for the lock. */
export function typesOf(table: Table): Record<string, ColumnType> {
  return Object.fromEntries([...table.columns].map(([name, column]) => [name, column.type]));
}
