import type { TimeBounds } from '../dataset/time/counted-window.ts';
import type { SourceEngine } from './source-engine.ts';

/** The event time of an engine's rows. */
export interface TimesIn {
  readonly type: 'number' | 'date';
  readonly name: string;
  readonly sql: string;
}

/** @returns undefined where the column is neither a number nor a date there. */
export function timesIn(
  { columns, dialect }: Pick<SourceEngine, 'columns' | 'dialect'>,
  name: string,
): TimesIn | undefined {
  const column = columns.find((one) => one.name === name);
  if (column?.kind === 'date') return { name, type: 'date', sql: dialect.asTime(column) };
  return column?.kind === 'number' ? { name, type: 'number', sql: dialect.asNumber(column) } : undefined;
}

/** Conditions of rows within bounds. */
export function boundsIn(
  { dialect }: Pick<SourceEngine, 'dialect'>,
  sql: string,
  { after, until }: TimeBounds,
): string[] {
  return [
    ...(after === Number.NEGATIVE_INFINITY ? [] : [`${sql} > ${dialect.number(after)}`]),
    ...(until === Number.POSITIVE_INFINITY ? [] : [`${sql} <= ${dialect.number(until)}`]),
  ];
}
