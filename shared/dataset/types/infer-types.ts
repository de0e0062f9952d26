// The type of each column, found from texts as people write them.
import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import type { Logger } from '../../platform/logger.ts';
import { namedValues } from '../../platform/named-values.ts';
import { counted } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { Column, ColumnType, Table } from '../table/table.ts';
import { isoTime } from '../values/date-texts.ts';
import { parseNotation } from '../values/number-example.ts';
import { chosenReading, refuseOthers, toldReading } from './column-texts.ts';
import { asCategories, columnAs } from './column-type.ts';
import { compactDays, holdsCompactDays } from './compact-dates.ts';
import { dateReadings, readingAs } from './date-readings.ts';
import { type DeclaredMarks, numberReadings } from './number-readings.ts';
import { hasDecimalComma, refusePointGroups } from './point-groups.ts';
import type { Reading } from './reading.ts';
import { countTexts } from './text-counts.ts';
import { toldZones } from './time-zones.ts';

/** What decides about a column's type. */
export interface TypeRules {
  readonly config: Config;
  readonly lock?: Lock | undefined;
  readonly places: RowPlaces;
  /** Receives a line on each column that is not written as programs write them. */
  readonly logger?: Pick<Logger, 'info' | 'warn'>;
}

/** A column of its type, and how its texts were read. */
export interface TypedColumn {
  readonly column: Column;
  /** See `features.<column>.format`; undefined: numbers as programs write them, ISO dates, or no texts at all. */
  readonly format?: string | undefined;
}

/** A table of typed columns. */
export interface TypedTable {
  readonly table: Table;
  /** How the texts of columns were read, by name, where programs would write them otherwise. */
  readonly formats: ReadonlyMap<string, string>;
}

/**
 * Gives every column its type: declared, else frozen in the lock, else inferred from all its rows. Texts become
 * booleans when they are true and false, or yes and no; dates and numbers when all can be read in one way as such; else
 * categories.
 *
 * @throws ConfigurationError for values that are not of a declared or frozen type, for texts that can be read in several
 *   ways, and for others among numbers or dates.
 */
export function typeColumns(table: Table, rules: TypeRules): TypedTable {
  const columns = new Map<string, Column>();
  const formats = new Map<string, string>();
  const told = new Map<string, string>();
  try {
    for (const [name, column] of table.columns) {
      const logger = {
        info: (line: string) => void told.set(name, line),
        warn: (line: string) => rules.logger?.warn(line),
      };
      const typed = typeColumn(name, column, { ...rules, logger });
      columns.set(name, typed.column);
      if (typed.format !== undefined) formats.set(name, typed.format);
    }
  } finally {
    tellReadings(told, rules.logger);
  }
  checkPoints(table, formats, rules);
  return { table: { rows: table.rows, columns }, formats };
}

/** Columns whose reading is told in full; a table of decimal commas has dozens of them. */
const toldInFull = 3;

function tellReadings(told: ReadonlyMap<string, string>, logger: TypeRules['logger']): void {
  const lines = [...told];
  const whole = lines.length <= toldInFull + 1 ? lines.length : toldInFull;
  for (const [, line] of lines.slice(0, whole)) logger?.info(line);
  if (whole === lines.length) return;
  const others = lines.slice(whole).map(([name]) => name);
  logger?.info(
    `${counted(others.length, 'more column')} are read in such a way, too: ${listNames(others, 10)}; ciclo.lock says how, under formats`,
  );
}

/** Plain numbers beside a column with decimal commas: see `refusePointGroups`. */
function checkPoints(table: Table, formats: ReadonlyMap<string, string>, rules: TypeRules): void {
  const { config, lock, places } = rules;
  const beside = [...formats].find(([, format]) => hasDecimalComma(format))?.[0];
  if (beside === undefined || declaredMarks(config).decimal !== undefined) return;
  for (const [name, column] of table.columns) {
    if (column.type !== 'number' || formats.has(name) || config.prepare.exclude.includes(name)) continue;
    if (declaredType(name, config) !== undefined || lock?.types[name] !== undefined) continue;
    refusePointGroups({ name, column, places, beside });
  }
}

/** One column's type, see {@link typeColumns}. */
export function typeColumn(name: string, column: Column, rules: TypeRules): TypedColumn {
  const { config, lock, places } = rules;
  const declared = declaredType(name, config);
  const type = declared ?? lock?.types[name];
  const format = config.features[name]?.format;
  const why = declared ? `features.${name}.type is ${declared}` : `ciclo.lock froze its type as ${type}`;
  if (type !== undefined) {
    const frozen = lock?.types[name] === type ? lock.formats?.[name] : undefined;
    const written = format ?? frozen ?? foundFormat(type, name, column, rules);
    return { column: columnAs(type, { name, column, places, why, format: written }), format: written };
  }
  const reading = inferred(name, column, rules);
  const found = typeof reading === 'string' ? reading : reading.type;
  const written = typeof reading === 'string' ? format : reading.format;
  const typed = columnAs(found, { name, column, places, why: `its type is ${found}`, format: written });
  return { column: typed, format: written === 'iso' ? undefined : written };
}

/** The type that the configuration asks for: a classifier's target is always of labels. */
export function declaredType(name: string, config: Config): ColumnType | undefined {
  if (config.task !== 'regression' && name === config.target) return 'category';
  const feature = config.features[name];
  if (feature?.type !== undefined || feature?.format === undefined) return feature?.type;
  // An example of a number, or the letters of a date.
  return parseNotation(feature.format) ? 'number' : 'date';
}

/** How texts are written when only their type is known; undefined: as programs write them. */
function foundFormat(type: ColumnType, name: string, column: Column, rules: TypeRules): string | undefined {
  if (column.type === 'number' && type === 'date') {
    return holdsCompactDays(column) ? compactDays : undefined;
  }
  if (column.type !== 'category' || (type !== 'number' && type !== 'date')) return undefined;
  const counts = countTexts(column);
  const readings =
    type === 'date' ? dateReadings(counts) : numberReadings(counts, declaredMarks(rules.config));
  const text = { name, column, places: rules.places };
  if (readings.kind === 'several') chosenReading(text, readings);
  if (readings.kind !== 'one') return undefined;
  const { reading } = readings;
  if (reading.format === 'iso' || reading.format === undefined) return undefined;
  rules.logger?.info(toldReading(name, column, reading));
  return reading.format;
}

/** A type, or the reading of texts or of days that are written as whole numbers. */
function inferred(name: string, column: Column, rules: TypeRules): ColumnType | Reading {
  const { config, places, logger } = rules;
  const seen = !config.prepare.exclude.includes(name);
  if (column.type === 'number' && seen && name !== config.target && holdsCompactDays(column)) {
    const reading = readingAs(compactDays);
    const text = asCategories(column);
    refuseOthers({ name, column: text, places }, reading);
    logger?.info(toldReading(name, text, reading));
    return reading;
  }
  if (column.type !== 'category') return column.type;
  const counts = countTexts(column);
  const { texts } = counts;
  if (texts.length === 0) return 'category';
  if (texts.length <= 6 && isTruth(new Set(texts.map((text) => text.trim().toLowerCase())))) return 'boolean';
  if (texts.every((text) => text.trim().length >= 10 && isoTime(text.trim()) !== undefined)) {
    const told = toldZones(name, counts);
    if (told !== undefined) logger?.warn(told);
    return 'date';
  }
  if (!seen) return 'category';
  const text = { name, column, places };
  const reading =
    chosenReading(text, numberReadings(counts, declaredMarks(config))) ??
    chosenReading(text, dateReadings(counts));
  if (!reading) return 'category';
  // A source that takes numbers for texts because of a word holds a column of numbers where the word is not read.
  if (reading.format !== undefined || texts.length === column.dictionary.length) {
    logger?.info(toldReading(name, column, reading));
  }
  return reading;
}

/** The marks that `data.source` declares for all its numbers. */
function declaredMarks({ data }: Config): DeclaredMarks {
  // Columns of several sources have their types where another's marks could be taken for theirs.
  const { decimal, thousands } = (data.source ?? {}) as DeclaredMarks;
  return { ...(decimal === undefined ? {} : { decimal }), ...(thousands === undefined ? {} : { thousands }) };
}

/** Both words of a pair, and nothing else: a column of nothing but `no` may be a country. */
function isTruth(words: ReadonlySet<string>): boolean {
  return (
    words.size === 2 && ((words.has('true') && words.has('false')) || (words.has('yes') && words.has('no')))
  );
}

/** The types of a table's columns, for the lock. */
export function typesOf(table: Table): Record<string, ColumnType> {
  return namedValues([...table.columns].map(([name, column]) => [name, column.type]));
}
