import type { SampleRecord } from '../config/lock/lock.ts';
import type { SampleRule } from '../config/sections/sample-section.ts';
import { tooManyStrata } from '../dataset/sample/sample-strata.ts';
import type { DrawnSample } from '../dataset/table/origin.ts';
import { timeText } from '../dataset/time/window.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import type { SqlColumn, Statement } from '../sql/dialect.ts';
import { subquery } from '../sql/quoting.ts';
import { countStrata, lastHashes, type SampledRows, sampledQuery } from '../sql/sample-statements.ts';
import { recordOf, stratumShares } from '../sql/stratum-shares.ts';
import { conditionsOf } from './engine-pin.ts';
import { timesIn } from './engine-times.ts';
import type { SourceEngine } from './source-engine.ts';
import type { PinnedWindow } from './types.ts';

/** What an engine draws a sample of. */
export interface EngineRows {
  readonly engine: Pick<SourceEngine, 'dialect' | 'query' | 'columns' | 'ask'>;
  /** Columns of the key, or the group. */
  readonly unit: readonly string[];
  /** Up to when; all rows without it. */
  readonly window: PinnedWindow | undefined;
}

/**
 * Draws a sample of an engine's rows: two statements, whose answers do not grow with the rows.
 *
 * @param time the column of the event time. @throws ConfigurationError for what ciclo.yml names and the rows do not have.
 */
export async function drawSample(
  rows: EngineRows,
  { rule, time }: { readonly rule: SampleRule; readonly time: string | undefined },
): Promise<DrawnSample> {
  const { engine } = rows;
  const sampled = { ...sampledRows(rows, rule.by), declared: rule.declared };
  const put = async <Answer>({ sql, read }: Statement<Answer>): Promise<Answer> =>
    read(await engine.ask(sql));
  const strata = await put(countStrata(sampled));
  if (!strata) throw tooManyStrata(rule.by!);
  const shares = stratumShares(strata, rule.rows);
  const last = lastHashes(sampled, shares);
  const record = recordOf(sampled, rule.rows, shares, last ? await put(last) : new Map());
  const newest = time === undefined || rows.window ? undefined : await newestIn(engine, time);
  return { record, ...(newest === undefined ? {} : { newest }) };
}

/** The query of a sample as a lock has it. @param ordered in the order of the hashes, for rows that are read as they come. */
export function queryOfSample(rows: EngineRows, record: SampleRecord, ordered: boolean): string {
  return sampledQuery(sampledRows(rows, record.by), record, { columns: rows.engine.columns, ordered });
}

function sampledRows({ engine, unit, window }: EngineRows, by: string | undefined): SampledRows {
  const { dialect, query } = engine;
  const where = conditionsOf(engine, window, 'before');
  if (!where) {
    throw new ConfigurationError(
      `data.sample: the event time ${quote(window!.column)} is a text in the engine, so that rows up to ${window!.until} cannot be drawn there; make it a date in data.source.query: CAST(… AS timestamp)`,
    );
  }
  return {
    ...{ dialect, rows: { query, where } },
    unit: unit.map((name) => columnIn(engine, name)),
    by: by === undefined ? undefined : columnIn(engine, by),
  };
}

function columnIn({ columns }: Pick<SourceEngine, 'columns'>, name: string): SqlColumn {
  const column = columns.find((one) => one.name === name);
  if (!column)
    throw new ConfigurationError(`data.sample: data.source.query answers no column ${quote(name)}`);
  return column;
}

/** The newest event time, as a window's end is written. */
async function newestIn(engine: EngineRows['engine'], time: string): Promise<string | undefined> {
  const times = timesIn(engine, time);
  if (!times) return undefined;
  const [[newest = null] = []] = await engine.ask(`SELECT max(${times.sql}) FROM ${subquery(engine.query)}`);
  return newest === null ? undefined : timeText(Number(newest), times);
}
