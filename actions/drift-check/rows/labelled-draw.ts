import { countMissing } from '../../../shared/dataset/table/missing-rows.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { CountedWindow } from '../../../shared/dataset/time/counted-window.ts';
import { windowEnd } from '../../../shared/dataset/time/window.ts';
import { boundsIn, type TimesIn } from '../../../shared/source/engine-times.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';

/** Rows that are read for predictions, performance and segments. */
export const drawnRows = 4000;

/** Reads some rows. @param only the one column that is read; all that are wanted without it. */
export type Draw = (
  conditions: readonly string[],
  order: string,
  limit: number,
  only?: string,
) => Promise<SourceTable>;

interface LabelledIn {
  readonly engine: SourceEngine;
  readonly pipeline: Pipeline;
  readonly times: TimesIn;
  /** End of the model's data. */
  readonly until: string;
}

/** Rows of `data.source` with a label that are newer than the model's data. */
export async function drawLabelled(
  { engine, pipeline, times, until }: LabelledIn,
  draw: Draw,
  { rows, window }: { readonly rows: SourceTable; readonly window: CountedWindow | undefined },
): Promise<SourceTable> {
  const after = windowEnd(until, times, 'the end of the last window');
  // Where the window has all of them, those that were drawn will do, if labels are not rare.
  const same = window?.bounds?.after === after && window.count === window.window.newer;
  const { target } = pipeline.loaded.config;
  const drawn = rows.table.columns.get(target);
  if (same && drawn && 2 * countMissing(drawn) <= rows.table.rows) return rows;
  const { columns, dialect } = engine;
  const known = columns.some(({ name }) => name === target)
    ? [`${dialect.identifier(target)} IS NOT NULL`]
    : [];
  const bounds = boundsIn(engine, times.sql, { after, until: Number.POSITIVE_INFINITY });
  return draw([...bounds, ...known], dialect.evenOrder(columns), drawnRows);
}
