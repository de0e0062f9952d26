import {
  type CountedWindow,
  countedWindow,
  type TimeBounds,
} from '../../../shared/dataset/time/counted-window.ts';
import type { Bounds } from '../../../shared/dataset/time/monitor-window.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';

/** The event time of an engine's rows. */
export interface TimesIn {
  readonly type: 'number' | 'date';
  readonly name: string;
  readonly sql: string;
}

/** @returns undefined where the column is neither a number nor a date there. */
export function timesIn({ columns, dialect }: SourceEngine, name: string): TimesIn | undefined {
  const column = columns.find((one) => one.name === name);
  if (column?.kind === 'date') return { name, type: 'date', sql: dialect.asTime(column) };
  return column?.kind === 'number' ? { name, type: 'number', sql: dialect.asNumber(column) } : undefined;
}

/** Conditions of rows within bounds. */
export function boundsIn({ dialect }: SourceEngine, sql: string, { after, until }: TimeBounds): string[] {
  return [
    ...(after === Number.NEGATIVE_INFINITY ? [] : [`${sql} > ${dialect.number(after)}`]),
    ...(until === Number.POSITIVE_INFINITY ? [] : [`${sql} <= ${dialect.number(until)}`]),
  ];
}

/** The window of a check. */
export function windowIn(engine: SourceEngine, times: TimesIn, bounds: Bounds): Promise<CountedWindow> {
  const count = async (within: TimeBounds) => {
    const rows = { query: engine.query, where: boundsIn(engine, times.sql, within) };
    const { sql, read } = engine.dialect.countNumbers(rows, [{ sql: times.sql, centre: 0, points: [] }]);
    return read(await engine.ask(sql)).columns[0]!;
  };
  return countedWindow(count, times, bounds);
}
