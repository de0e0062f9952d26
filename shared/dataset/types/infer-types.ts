import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { quote } from '../../platform/errors.ts';
import { counted, formatCount } from '../../text/counts.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { CategoryColumn, Column, ColumnType, Table } from '../table/table.ts';
import { isoTime } from '../values/date-texts.ts';
import { numberOfText } from '../values/number-text.ts';
import { columnAs } from './column-type.ts';
import { refuseStrays } from './stray-values.ts';

/** When at least this share of a text column's values are numbers, the others are taken for mistakes. */
const almostAll = 0.95;

/** What decides about a column's type. */
export interface TypeRules {
  readonly config: Config;
  readonly lock?: Lock | undefined;
  readonly places: RowPlaces;
}

/**
 * Gives every column its type: declared, else frozen in the lock, else inferred from all its rows. Texts become
 * booleans when they are true and false, or yes and no; dates when all are ISO 8601 dates; else categories.
 *
 * @throws ConfigurationError for values that are not of a declared or frozen type, and for words among numbers.
 */
export function typeColumns(table: Table, rules: TypeRules): Table {
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) columns.set(name, typeColumn(name, column, rules));
  return { rows: table.rows, columns };
}

/** One column's type, see {@link typeColumns}. */
export function typeColumn(name: string, column: Column, { config, lock, places }: TypeRules): Column {
  const declared = declaredType(name, config);
  const type =
    declared ?? lock?.types[name] ?? (column.type === 'category' ? inferType(column) : column.type);
  const mended = declared ?? lock?.types[name];
  if (mended === undefined && type === 'category' && !config.prepare.exclude.includes(name)) {
    refuseWordsAmongNumbers(name, column, places);
  }
  const why = declared
    ? `features.${name}.type is ${declared}`
    : mended
      ? `ciclo.lock froze its type as ${mended}`
      : `its type is ${type}`;
  return columnAs(type, { name, column, places, why, format: config.features[name]?.format });
}

/** The type that the configuration asks for: a classifier's target is always of labels. */
export function declaredType(name: string, config: Config): ColumnType | undefined {
  if (config.task !== 'regression' && name === config.target) return 'category';
  return config.features[name]?.type;
}

function inferType(column: CategoryColumn): ColumnType {
  const texts = usedTexts(column);
  if (texts.length === 0) return 'category';
  if (texts.length <= 6 && isTruth(new Set(texts.map((text) => text.trim().toLowerCase())))) return 'boolean';
  if (texts.every((text) => text.trim().length >= 10 && isoTime(text.trim()) !== undefined)) return 'date';
  // A source that takes numbers for texts because of a word holds a column of numbers where the word is not read.
  if (texts.every(isNumber) && !column.dictionary.every(isNumber)) return 'number';
  return 'category';
}

/** Both words of a pair, and nothing else: a column of `no` alone may be a country. */
function isTruth(words: ReadonlySet<string>): boolean {
  return (
    words.size === 2 && ((words.has('true') && words.has('false')) || (words.has('yes') && words.has('no')))
  );
}

const isNumber = (text: string): boolean => !Number.isNaN(numberOfText(text));

/** The texts of a column's rows: fewer than its dictionary has, when not all rows are read. */
function usedTexts({ codes, dictionary }: CategoryColumn): readonly string[] {
  const used = new Uint8Array(dictionary.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) used[code] = 1;
  }
  return used.includes(0) ? dictionary.filter((_, code) => used[code] === 1) : dictionary;
}

/** A column of numbers with a few words in it is a mistake in the data, not a category. */
function refuseWordsAmongNumbers(name: string, column: Column, places: RowPlaces): void {
  if (column.type !== 'category') return;
  const numeric = Uint8Array.from(column.dictionary, (text) => Number(isNumber(text)));
  let numbers = 0;
  let present = 0;
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row]!;
    if (code < 0) continue;
    present++;
    numbers += numeric[code]!;
  }
  if (numbers === present || numbers < almostAll * present) return;
  refuseStrays(column, {
    isStray: (code) => numeric[code] === 0,
    places,
    problem: (strays) =>
      `column ${quote(name)}: ${formatCount(numbers)} of ${counted(present, 'value')} are numbers, ${strays === 1 ? 'one is' : `${formatCount(strays)} are`} not:`,
    remedy: `mend the data, add the text to prepare.missing-markers if it means missing, or declare features.${name}.type: category`,
  });
}

/** The types of a table's columns, for the lock. */
export function typesOf(table: Table): Record<string, ColumnType> {
  return Object.fromEntries([...table.columns].map(([name, column]) => [name, column.type]));
}
