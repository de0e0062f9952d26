// The rows of a large table of an engine, counted where they are.

import { labelKey } from '../../../shared/config/sections/label-key.ts';
import type { Config } from '../../../shared/config/sections/schema.ts';
import type { SourceConfig } from '../../../shared/config/sections/sources/source.ts';
import {
  type ArrivedRows,
  arrivedRows,
  cleanArrived,
  isNoFeature,
} from '../../../shared/dataset/monitored-rows.ts';
import type { Profile } from '../../../shared/dataset/profile/profile.ts';
import type { DatasetSchema } from '../../../shared/dataset/schema/schema.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import type { TimeBounds } from '../../../shared/dataset/time/counted-window.ts';
import { markerNumbers } from '../../../shared/dataset/values/marker-numbers.ts';
import { boundsIn, timesIn } from '../../../shared/source/engine-times.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import { countRows } from '../../../shared/sql/counted-range.ts';
import type { SqlColumn } from '../../../shared/sql/dialect.ts';
import { subquery } from '../../../shared/sql/quoting.ts';
import { counted as countedText } from '../../../shared/text/counts.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { VerbPorts } from '../../ports.ts';
import { windowIn } from './counted-times.ts';
import { type NotCountable, profileIn, valuesIn } from './counted-values.ts';
import { type CurrentRows, keyedOptions, timeColumn, windowBounds } from './current-rows.ts';
import { type Draw, drawLabelled, drawnRows } from './labelled-draw.ts';
import type { LargeSource } from './large-source.ts';
import { type DrawCleaned, drawNewest } from './newest-rows.ts';
import type { Reference } from './reference.ts';

/** The rows of a check, and those of them that were read. */
export interface CountedSides {
  readonly current: CurrentRows;
  /** Rows of the window, drawn evenly. */
  readonly drawn: SourceTable;
  /** Of `data.source`: rows that came since the model's data and have their label, drawn evenly. */
  readonly labelled?: SourceTable;
}

interface Asked {
  readonly reference: Reference;
  readonly decided: string | undefined;
}

/** Counts the current rows of a large source. */
export async function countedRows(
  pipeline: Pipeline,
  large: LargeSource,
  asked: Asked,
  ports: VerbPorts,
): Promise<CountedSides | NotCountable> {
  const { config } = pipeline.loaded;
  const { engine, own } = large;
  const has = (name: string): boolean => engine.columns.some((column) => column.name === name);
  const time = timeColumn(pipeline, has, own);
  const rule = ruleBeyondCounts(config);
  if (rule !== undefined) return { why: rule };
  const times = time === undefined ? undefined : timesIn(engine, time);
  if (time !== undefined && !times)
    return { why: `the event time ${time} is neither a date nor a number there` };
  if (own && time === undefined) return { why: 'ciclo.yml names no event time in data.time' };
  const within = (bounds: TimeBounds): string[] => (times ? boundsIn(engine, times.sql, bounds) : []);
  const window = times
    ? await windowIn(engine, times, windowBounds(pipeline, { ...asked, time: time! }))
    : undefined;
  const where = window ? (window.bounds ? within(window.bounds) : ['1 = 0']) : [];
  const columns = engine.columns.filter(({ name }) => isDrawn(name, { time, config, ...asked.reference }));
  const draw: Draw = (conditions, order, limit, only) => {
    const drawn = only === undefined ? columns : columns.filter(({ name }) => name === only);
    return drawRows(pipeline, large, { columns: drawn, conditions, order, limit }, ports);
  };
  const evenly = engine.dialect.evenOrder(engine.columns);
  const drawn = await draw(where, evenly, drawnRows);
  const arrived = {
    ...arrivedRows(drawn, asked.reference.schema, { config, time }),
    added: addedIn(engine, { time, config, ...asked.reference }),
  };
  const values = valuesIn(engine, asked.reference.schema, { pipeline, arrived });
  if ('why' in values) return values;
  const conditions = [...where, ...values.where];
  const profile = (reference: Profile): Promise<Profile> =>
    profileIn(engine, reference, { conditions, values: values.counted, retyped: values.retyped });
  const counted = { rows: { query: engine.query, where: conditions }, ask: (sql: string) => engine.ask(sql) };
  const rows = conditions.length === 0 ? large.rows : await countRows(counted);
  // Of rows in groups the groups say how they depend on each other.
  const inTime = config.monitor.drift.group === undefined;
  const all = (table: Table): Uint32Array => Uint32Array.from({ length: table.rows }, (_, row) => row);
  const cleaned = (some: ArrivedRows): Table => cleanArrived(some, all(some.table), config);
  const drawCleaned: DrawCleaned = async (some, order, { limit, only }) =>
    cleaned(arrivedRows(await draw(some, order, limit, only), asked.reference.schema, { config, time }));
  const newest =
    times && inTime
      ? await drawNewest(times, drawCleaned, { where, evenly, dialect: engine.dialect })
      : { rows: 0, columns: new Map() };
  const labelled =
    own && times && asked.reference.window?.column === time
      ? await drawLabelled({ engine, pipeline, times, until: asked.reference.window!.until }, draw, {
          rows: drawn,
          window,
        })
      : undefined;
  return {
    drawn,
    ...(labelled ? { labelled } : {}),
    current: {
      table: cleaned(arrived),
      arrived,
      window: {
        ...(window?.window ?? { words: 'all rows', newer: rows, untimed: 0 }),
        rows: all(arrived.table),
      },
      ...(time === undefined ? {} : { time }),
      counted: {
        rows,
        profileOver: profile,
        newest,
      },
    },
  };
}

interface ColumnUse {
  readonly config: Config;
  readonly schema: DatasetSchema;
  readonly time: string | undefined;
}

/** Whether drawn rows have a column: one of the model's, or one that they are put in time, grouped or found by. */
function isDrawn(name: string, { config, schema, time }: ColumnUse): boolean {
  const role = schema.columns.find((one) => one.name === name)?.role;
  if (role !== undefined && role !== 'ignored') return true;
  return name === time || name.startsWith('_') || labelKey(config).includes(name);
}

/** Columns that the model does not know. */
function addedIn({ columns }: SourceEngine, { config, schema, time }: ColumnUse): ArrivedRows['added'] {
  return columns.flatMap(({ name, kind }) => {
    if (name === time || isNoFeature(name, config) || schema.columns.some((one) => one.name === name))
      return [];
    return [{ name, type: kind === 'text' ? ('category' as const) : kind }];
  });
}

/** A rule of ciclo.yml that needs the rows themselves. */
function ruleBeyondCounts({ prepare, monitor }: Config): string | undefined {
  if (prepare.duplicates === 'drop') return 'prepare.duplicates is drop';
  if (markerNumbers(prepare['missing-markers']).size > 0) return 'prepare.missing-markers has numbers';
  if (monitor.window['last-rows'] !== undefined) return 'monitor.window asks for the last rows';
  return undefined;
}

/** Some rows, read by what reads all of them. */
function drawRows(
  { loaded, lock }: Pipeline,
  { engine, source, name }: LargeSource,
  {
    columns,
    conditions,
    order,
    limit,
  }: {
    readonly columns: readonly SqlColumn[];
    readonly conditions: readonly string[];
    readonly order: string;
    readonly limit: number;
  },
  ports: VerbPorts,
): Promise<SourceTable> {
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`;
  const names = columns.map(({ name: one }) => engine.dialect.identifier(one)).join(', ');
  const query = `SELECT ${names} FROM ${subquery(engine.query)}${where} ORDER BY ${order} LIMIT ${limit}`;
  const { config, directory } = loaded;
  return readSource(
    { ...source, query } as SourceConfig,
    // What is asked for may be in none of the rows: a label, say.
    { ...keyedOptions(config, lock), mayBeEmpty: true },
    { ...ports, directory },
    name,
  );
}

/** What was counted, and what is of some rows only. */
export function countedWords({ counted, table }: CurrentRows): string {
  return `${countedText(counted!.rows, 'row')} were counted in their engine and not read: predictions, performance and segments are those of ${countedText(table.rows, 'row')} drawn evenly`;
}
