import type { FeatureConfig } from '../config/sections/features-section.ts';
import { labelKey } from '../config/sections/label-key.ts';
import type { Config } from '../config/sections/schema.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { namedValues } from '../platform/named-values.ts';
import { byCount, counted } from '../text/counts.ts';
import { createChangeLog } from './clean/change-log.ts';
import { cleanUnlabelled } from './clean/clean.ts';
import { identifyRows } from './identity/row-identity.ts';
import type { DatasetSchema } from './schema/schema.ts';
import { selectRows } from './split/side-tables.ts';
import type { SourceTable } from './table/origin.ts';
import { createRowPlaces } from './table/row-place.ts';
import { type Column, type ColumnType, type Table, takeRows } from './table/table.ts';
import { asTimes, type TimeColumn, timesOf } from './time/window.ts';
import { typeColumn } from './types/infer-types.ts';
import { lenientColumn } from './types/lenient-column.ts';

/** Rows that a model meets in use, before a window is chosen and before cleaning. */
export interface ArrivedRows {
  readonly table: Table;
  /** Event times of the rows; absent when the rows have none. */
  readonly times?: TimeColumn;
  /** Columns of the schema that are of another type now: they are in the table as they were found. */
  readonly retyped: readonly string[];
  /** Columns that the schema does not know. */
  readonly added: readonly { readonly name: string; readonly type: ColumnType }[];
  /** What was counted as missing since it is not of the column's type, in words. */
  readonly strays: readonly string[];
}

/** Columns that the prediction log has beside the features, see serving/monitoring/prediction-line.ts. */
const logColumn = /^_(time|request|record|model|version|digest|prediction|p_.*)$/;

/**
 * Types rows as a model's schema has them, refusing nothing: what is wrong with rows that arrive is what a monitor is to
 * find out.
 *
 * @param time the column of the event time, if the rows have one.
 * @throws ConfigurationError when that column is not there, or holds no times.
 */
export function arrivedRows(
  { table, parts }: SourceTable,
  schema: DatasetSchema,
  { config, time }: { readonly config: Config; readonly time?: string | undefined },
): ArrivedRows {
  const places = createRowPlaces(parts);
  const known = new Map(schema.columns.map((column) => [column.name, column]));
  const columns = new Map<string, Column>();
  const retyped: string[] = [];
  const strays: string[] = [];
  const added: ArrivedRows['added'][number][] = [];
  for (const [name, column] of table.columns) {
    const wanted = known.get(name);
    if (!wanted) {
      if (isNoFeature(name, config)) continue;
      added.push({ name, type: inferredType(name, column, config, places) });
      continue;
    }
    const { type, format } = wanted;
    const read = lenientColumn(column, { name, type, format, places });
    columns.set(name, read.column);
    if (!read.typed) retyped.push(name);
    if (read.strays > 0) {
      strays.push(
        `${name}: ${counted(read.strays, 'value')} ${byCount(read.strays, `is not a ${type}`, `are not ${type}s`)} ("${read.example}") and ${byCount(read.strays, 'counts', 'count')} as missing`,
      );
    }
  }
  return {
    table: { rows: table.rows, columns },
    ...(time === undefined ? {} : { times: eventTimes({ table, columns, retyped }, time, config, places) }),
    retyped,
    added: added.filter(({ name }) => name !== time),
    strays,
  };
}

/** Whether a column that the schema does not know is not a new one either: of the log, left out, or of the key of labels. */
export function isNoFeature(name: string, config: Config): boolean {
  return logColumn.test(name) || config.prepare.exclude.includes(name) || labelKey(config).includes(name);
}

type Places = ReturnType<typeof createRowPlaces>;

function inferredType(name: string, column: Column, config: Config, places: Places): ColumnType {
  try {
    return typeColumn(name, column, { config, places }).column.type;
  } catch (error) {
    if (error instanceof ConfigurationError) return column.type;
    throw error;
  }
}

interface Typed {
  readonly table: Table;
  /** Those that the schema knows, as it has them. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly retyped: readonly string[];
}

/** What the schema knows about the column holds, however few values there are to tell it from; else what they look like. */
function eventTimes(
  { table, columns, retyped }: Typed,
  name: string,
  config: Config,
  places: Places,
): TimeColumn {
  const known = retyped.includes(name) ? undefined : asTimes(columns.get(name));
  if (known) return known;
  const column = table.columns.get(name);
  if (!column) {
    throw new ConfigurationError(
      `the current rows have no column "${name}", which the event time is read from: name it in monitor.time, or fix the source`,
    );
  }
  const typed = typeColumn(name, column, { config, places }).column;
  // Of no value nothing can be told: no row has a time.
  if (typed.type === 'category' && !typed.codes.some((code) => code >= 0)) {
    return { type: 'date', values: new Float64Array(typed.codes.length).fill(Number.NaN) };
  }
  return timesOf(typed, name);
}

/**
 * Some of the rows that arrived, cleaned as the rows that the model was made with, except that a value that cleaning
 * refuses there counts as missing here, and rows without a target stay.
 */
export function cleanArrived(arrived: ArrivedRows, rows: Uint32Array, config: Config): Table {
  const table = takeRows(arrived.table, rows);
  const places = createRowPlaces([], rows);
  const nowhere = { locate: () => ({ part: 'current rows', row: 0 }), describe: places.describe };
  const { table: cleaned, keep } = cleanUnlabelled(table, {
    config: lenientConfig(config, arrived),
    log: createChangeLog(nowhere),
    places: nowhere,
    identity: identifyRows(table, [...table.columns.keys()].sort()),
  });
  const kept = selectRows(keep);
  return kept.length === cleaned.rows ? cleaned : takeRows(cleaned, kept);
}

/** The rules of columns that are there and of their type, refusing nothing. */
export function lenientConfig(
  config: Config,
  { retyped, table }: Pick<ArrivedRows, 'retyped' | 'table'>,
): Config {
  const features = Object.entries(config.features).flatMap(([name, feature]): [string, FeatureConfig][] => {
    if (retyped.includes(name) || !table.columns.has(name)) return [];
    const { missing, invalid, ...rest } = feature;
    return [
      [
        name,
        {
          ...rest,
          invalid: invalid === 'fail' ? 'missing' : invalid,
          ...(missing === undefined || missing === 'fail' ? {} : { missing }),
        },
      ],
    ];
  });
  return { ...config, features: namedValues(features) };
}
