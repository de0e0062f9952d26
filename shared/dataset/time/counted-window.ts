import { day } from '../../platform/time-lengths.ts';
import { type Bounds, latest, type MonitorWindow, windowWords } from './monitor-window.ts';
import { type TimeColumn, timeText, windowEnd } from './window.ts';
import { checkWindow, spanOf } from './window-span.ts';

/** Event times of some rows. */
export interface TimeCounts {
  /** Rows with a time. */
  readonly count: number;
  /** Rows without one. */
  readonly missing: number;
  /** Null where no row has a time. */
  readonly min: number | null;
  readonly max: number | null;
}

/** Rows whose time is after one and not after the other. */
export interface TimeBounds {
  readonly after: number;
  readonly until: number;
}

/** A window of rows that are counted where they are. */
export interface CountedWindow {
  /** Its rows; undefined where there are none. */
  readonly bounds?: TimeBounds;
  /** How many they are. */
  readonly count: number;
  readonly window: Omit<MonitorWindow, 'rows'>;
}

const always: TimeBounds = { after: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/**
 * Chooses the rows of a window as `monitorWindow` does, where only counts of their times are at hand. Not for `last-rows`: how far
 * back those go is in no count.
 *
 * @param count of the rows within bounds. @param name of the column of the event time, for messages.
 */
export async function countedWindow(
  count: (bounds: TimeBounds) => Promise<TimeCounts>,
  { type, name }: { readonly type: TimeColumn['type']; readonly name: string },
  { ended, window }: Bounds,
): Promise<CountedWindow> {
  checkWindow({ type }, name, window);
  const after = latest(ended, { type });
  const end = after === undefined ? always.after : windowEnd(after, { type }, 'monitor.window');
  const { missing: untimed } = await count(always);
  const newer = await count({ ...always, after: end });
  const told = { untimed, newer: newer.count, ...(after === undefined ? {} : { after }) };
  const none = {
    count: 0,
    window: { ...told, words: windowWords(name, { span: undefined, after, until: undefined }) },
  };
  if (newer.max === null) return none;
  const span = spanOf(newer.max, { type }, name, window);
  const bounds = span
    ? { after: Math.max(end, span.after), until: Math.min(span.until, newer.max) }
    : { after: end, until: newer.max };
  const chosen = span ? await count(bounds) : newer;
  if (chosen.max === null) return none;
  const until = timeText(chosen.max, { type });
  const first = end === always.after ? Math.floor(chosen.min! / day) : Math.floor(end / day) + 1;
  const days = span?.days ?? Math.floor(chosen.max / day) - first + 1;
  return {
    bounds,
    count: chosen.count,
    window: {
      ...told,
      until,
      words: windowWords(name, { span: span?.words, after, until }),
      ...(type === 'date' ? { days } : {}),
    },
  };
}
