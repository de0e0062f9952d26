import type { EnginePin } from '../dataset/table/origin.ts';
import { windowEnd } from '../dataset/time/window.ts';
import { sha256 } from '../platform/digest.ts';
import { selectedContent } from '../sql/selected-content.ts';
import { boundsIn, timesIn } from './engine-times.ts';
import type { SourceEngine } from './source-engine.ts';
import type { PinnedWindow } from './types.ts';

/**
 * What the engine says of the rows of a query: how many there are, and a digest of their content that does not depend on their
 * order. It need only be the same on the same engine, for the same rows.
 *
 * @param window all rows without it.
 * @returns undefined where the engine cannot tell, or has the event time as a text.
 */
export async function enginePin(
  engine: Omit<SourceEngine, keyof AsyncDisposable>,
  window?: PinnedWindow,
): Promise<EnginePin | undefined> {
  const { content } = engine.dialect;
  const where = conditionsOf(engine, window, 'before');
  if (!content || !where) return undefined;
  const [answer = []] = await engine.ask(selectedContent({ query: engine.query, where }, content));
  const [name, rows, ...digests] = answer.map(String);
  return { engine: name!, rows: Number(rows), digest: sha256(new TextEncoder().encode(digests.join(';'))) };
}

/**
 * Conditions on rows on one side of a window's end; those without a time are before it.
 *
 * @returns undefined where the event time is neither a number nor a date there.
 */
export function conditionsOf(
  engine: Pick<SourceEngine, 'columns' | 'dialect'>,
  window: PinnedWindow | undefined,
  side: 'before' | 'after',
): string[] | undefined {
  if (!window) return side === 'before' ? [] : ['1 = 0'];
  const times = timesIn(engine, window.column);
  if (!times) return undefined;
  const end = windowEnd(window.until, times, 'lock --until');
  if (side === 'after') return boundsIn(engine, times.sql, { after: end, until: Number.POSITIVE_INFINITY });
  const [before = '1 = 1'] = boundsIn(engine, times.sql, { after: Number.NEGATIVE_INFINITY, until: end });
  return [`${before} OR ${times.sql} IS NULL`];
}
