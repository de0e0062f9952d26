// The rows of a large table of an engine, counted where they are.
import type { SourceConfig } from '../../../shared/config/sections/data-section.ts';
import type { Config } from '../../../shared/config/sections/schema.ts';
import { type ArrivedRows, arrivedRows, cleanArrived } from '../../../shared/dataset/monitored-rows.ts';
import type { Profile } from '../../../shared/dataset/profile/profile.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import type { TimeBounds } from '../../../shared/dataset/time/counted-window.ts';
import { windowEnd } from '../../../shared/dataset/time/window.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import { countRows } from '../../../shared/sql/counted-profile.ts';
import { subquery } from '../../../shared/sql/quoting.ts';
import { counted as countedText } from '../../../shared/text/counts.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { VerbPorts } from '../../ports.ts';
import { boundsIn, type TimesIn, timesIn, windowIn } from './counted-times.ts';
import { type NotCountable, profileIn, valuesIn } from './counted-values.ts';
import { type CurrentRows, keyedOptions, timeColumn, windowBounds } from './current-rows.ts';
import type { LargeSource } from './large-source.ts';
import type { Reference } from './reference.ts';

/** Rows that are read for predictions, performance and segments. */
const drawnRows = 5000;
/** Rows in whose order dependence is measured: as many as that looks at. */
const newestRows = 4096;

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
  const values = valuesIn(engine, asked.reference.schema, { pipeline, arrived });
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

/** What was counted, and what is of some rows only. */
export function countedWords({ counted, table }: CurrentRows): string {
  return `${countedText(counted!.rows, 'row')} were counted in their engine and not read: predictions, performance and segments are those of ${countedText(table.rows, 'row')} drawn evenly`;
}
