// The rows of a large table of an engine, counted where they are.
import type { SourceConfig } from '../../../shared/config/sections/data-section.ts';
import type { Config } from '../../../shared/config/sections/schema.ts';
import {
  type ArrivedRows,
  arrivedRows,
  cleanArrived,
  lenientConfig,
} from '../../../shared/dataset/monitored-rows.ts';
import type { Profile } from '../../../shared/dataset/profile/profile.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import {
  type CountedWindow,
  countedWindow,
  type TimeBounds,
} from '../../../shared/dataset/time/counted-window.ts';
import { windowEnd } from '../../../shared/dataset/time/window.ts';
import { markersOf } from '../../../shared/source/missing.ts';
import { openEngine } from '../../../shared/source/open-engine.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import { countedProfile, countRows } from '../../../shared/sql/counted-profile.ts';
import type { SqlColumn } from '../../../shared/sql/dialect.ts';
import { subquery } from '../../../shared/sql/quoting.ts';
import { valueExpression } from '../../../shared/sql/value-expression.ts';
import { counted as countedText } from '../../../shared/text/counts.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { VerbPorts } from '../../ports.ts';
import { type CurrentRows, keyedOptions, timeColumn, windowBounds } from './current-rows.ts';
import type { Reference } from './reference.ts';

/** Rows that are read for predictions, performance and segments. */
const drawnRows = 5000;
/** Rows in whose order dependence is measured: as many as that looks at. */
const newestRows = 4096;

/** An engine whose rows are too many to be read. */
export interface LargeSource {
  readonly engine: SourceEngine;
  readonly source: SourceConfig;
  /** `data.source` or `monitor.source` */
  readonly name: string;
  /** Whether it is `data.source`. */
  readonly own: boolean;
}

/**
 * Opens the engine of the rows to watch where they are more than `monitor.read-at-most`.
 *
 * @returns undefined where they are read: they are few, or no engine has them. Whoever gets one closes its engine.
 */
export async function openLargeSource(
  pipeline: Pipeline,
  ports: VerbPorts,
): Promise<LargeSource | undefined> {
  const { config, directory } = pipeline.loaded;
  const own = config.monitor.source === undefined;
  const source = config.monitor.source ?? config.data.source;
  const engine = source && (await openEngine(source, { ...ports, directory }));
  if (!engine) return undefined;
  const { dialect, query } = engine;
  const rows = await countRows({ dialect, rows: { query, where: [] }, ask: (sql) => engine.ask(sql) }).catch(
    async (error: unknown) => {
      await engine[Symbol.asyncDispose]();
      throw error;
    },
  );
  if (rows > config.monitor['read-at-most']) {
    return { engine, source, own, name: own ? 'data.source' : 'monitor.source' };
  }
  await engine[Symbol.asyncDispose]();
  return undefined;
}

/** Why rows have to be read after all, in words. */
export interface NotCountable {
  readonly why: string;
}

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
  const draw = (conditions: readonly string[], order: string, limit: number): Promise<SourceTable> =>
    drawRows(pipeline, large, { conditions, order, limit }, ports);
  const drawn = await draw(where, engine.dialect.evenOrder, drawnRows);
  const arrived = arrivedRows(drawn, asked.reference.schema, { config, time });
  const values = valuesIn(engine, asked.reference, { pipeline, arrived });
  if ('why' in values) return values;
  const conditions = [...where, ...values.where];
  const profile = (reference: Profile): Promise<Profile> =>
    profileIn(engine, reference, { conditions, values: values.sql, retyped: values.retyped });
  const rows = await countRows({
    dialect: engine.dialect,
    rows: { query: engine.query, where: conditions },
    ask: (sql) => engine.ask(sql),
  });
  const newest = times ? await draw(where, `${times.sql} DESC`, newestRows) : undefined;
  const all = (table: Table): Uint32Array => Uint32Array.from({ length: table.rows }, (_, row) => row);
  const cleaned = (some: ArrivedRows): Table => cleanArrived(some, all(some.table), config);
  return {
    drawn,
    ...(own && times
      ? { labelled: await labelledIn(engine, { pipeline, asked, time: time!, times, draw }) }
      : {}),
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
        newest: newest
          ? cleaned(arrivedRows(newest, asked.reference.schema, { config, time }))
          : { rows: 0, columns: new Map() },
      },
    },
  };
}

/** A rule of ciclo.yml that needs the rows themselves. */
function ruleBeyondCounts({ prepare, monitor }: Config): string | undefined {
  if (prepare.duplicates === 'drop') return 'prepare.duplicates is drop';
  if (monitor.window['last-rows'] !== undefined) return 'monitor.window asks for the last rows';
  return undefined;
}

interface TimesIn {
  readonly type: 'number' | 'date';
  readonly name: string;
  readonly sql: string;
}

function timesIn({ columns, dialect }: SourceEngine, name: string): TimesIn | undefined {
  const column = columns.find((one) => one.name === name);
  if (column?.kind === 'date') return { name, type: 'date', sql: dialect.asTime(column) };
  return column?.kind === 'number' ? { name, type: 'number', sql: dialect.asNumber(column) } : undefined;
}

function boundsIn({ dialect }: SourceEngine, sql: string, { after, until }: TimeBounds): string[] {
  return [
    ...(after === Number.NEGATIVE_INFINITY ? [] : [`${sql} > ${dialect.number(after)}`]),
    ...(until === Number.POSITIVE_INFINITY ? [] : [`${sql} <= ${dialect.number(until)}`]),
  ];
}

function windowIn(
  engine: SourceEngine,
  times: TimesIn,
  bounds: ReturnType<typeof windowBounds>,
): Promise<CountedWindow> {
  const count = async (within: TimeBounds) => {
    const rows = { query: engine.query, where: boundsIn(engine, times.sql, within) };
    const { sql, read } = engine.dialect.countNumbers(rows, [{ sql: times.sql, centre: 0, points: [] }]);
    return read(await engine.ask(sql)).columns[0]!;
  };
  return countedWindow(count, times, bounds);
}

/** Some rows, read by what reads all of them. */
function drawRows(
  { loaded, lock }: Pipeline,
  { engine, source, name }: LargeSource,
  {
    conditions,
    order,
    limit,
  }: { readonly conditions: readonly string[]; readonly order: string; readonly limit: number },
  ports: VerbPorts,
): Promise<SourceTable> {
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`;
  const query = `SELECT * FROM ${subquery(engine.query)}${where} ORDER BY ${order} LIMIT ${limit}`;
  const { config, directory } = loaded;
  return readSource(
    { ...source, query } as SourceConfig,
    keyedOptions(config, lock),
    { ...ports, directory },
    name,
  );
}

interface ValuesIn {
  readonly sql: ReadonlyMap<string, string>;
  readonly where: readonly string[];
  /** Columns of another type than the model's. */
  readonly retyped: ReadonlyMap<string, SqlColumn['kind']>;
}

/** The model's columns in SQL, cleaned. */
function valuesIn(
  { columns, dialect }: SourceEngine,
  { schema }: Reference,
  { pipeline, arrived }: { readonly pipeline: Pipeline; readonly arrived: ArrivedRows },
): ValuesIn | NotCountable {
  const { config } = pipeline.loaded;
  const options = keyedOptions(config, pipeline.lock);
  const lenient = lenientConfig(config, arrived);
  const sql = new Map<string, string>();
  const where: string[] = [];
  const retyped = new Map<string, SqlColumn['kind']>();
  for (const { name, type, role, format } of schema.columns) {
    const column = columns.find((one) => one.name === name);
    if (!column) continue;
    const value = valueExpression(dialect, column, {
      type,
      markers: markersOf(options, name),
      trim: options.trim,
      asText: options.textColumns.has(name),
      feature: lenient.features[name],
    });
    if (value && format === undefined) {
      sql.set(name, value.sql);
      where.push(...value.where);
    } else if (role === 'ignored' && lenient.features[name] === undefined) continue;
    else if (arrived.retyped.includes(name)) retyped.set(name, column.kind);
    else {
      return {
        why: `${name} is ${column.kind === 'text' ? 'a text' : `a ${column.kind}`} there and a ${type} of the model: a cast in the query would do`,
      };
    }
  }
  return { sql, where, retyped };
}

async function profileIn(
  engine: SourceEngine,
  reference: Profile,
  {
    conditions,
    values,
    retyped,
  }: {
    readonly conditions: readonly string[];
    readonly values: ValuesIn['sql'];
    readonly retyped: ValuesIn['retyped'];
  },
): Promise<Profile> {
  const profile = await countedProfile(reference, {
    dialect: engine.dialect,
    rows: { query: engine.query, where: conditions },
    values,
    ask: (sql) => engine.ask(sql),
  });
  const columns = profile.columns.map((column) => {
    const kind = retyped.get(column.name);
    return kind === undefined ? column : { ...column, found: kind === 'text' ? ('category' as const) : kind };
  });
  return { ...profile, columns };
}

/** Rows of `data.source` with a label that are newer than the model's data. */
async function labelledIn(
  engine: SourceEngine,
  {
    pipeline,
    asked,
    time,
    times,
    draw,
  }: {
    readonly pipeline: Pipeline;
    readonly asked: Asked;
    readonly time: string;
    readonly times: TimesIn;
    readonly draw: (conditions: readonly string[], order: string, limit: number) => Promise<SourceTable>;
  },
): Promise<SourceTable> {
  const { target } = pipeline.loaded.config;
  const { window } = asked.reference;
  const since =
    window?.column === time
      ? boundsIn(engine, times.sql, {
          after: windowEnd(window.until, times, 'the end of the last window'),
          until: Number.POSITIVE_INFINITY,
        })
      : [];
  const known = engine.columns.some(({ name }) => name === target)
    ? [`${engine.dialect.identifier(target)} IS NOT NULL`]
    : [];
  return draw([...since, ...known], engine.dialect.evenOrder, drawnRows);
}

/** Whether rows of a source can be counted where they are. */
export function hasEngine(source: SourceConfig | undefined): boolean {
  return source?.type === 'postgres' || source?.type === 'duckdb';
}

/** What was counted, and what is of some rows only. */
export function countedWords({ counted, table }: CurrentRows): string {
  return `${countedText(counted!.rows, 'row')} were counted in their engine and not read: predictions, performance and segments are those of ${countedText(table.rows, 'row')} drawn evenly`;
}
