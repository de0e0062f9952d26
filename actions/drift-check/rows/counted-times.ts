import {
  type CountedWindow,
  countedWindow,
  type TimeBounds,
} from '../../../shared/dataset/time/counted-window.ts';
import type { Bounds } from '../../../shared/dataset/time/monitor-window.ts';
import { boundsIn, type TimesIn } from '../../../shared/source/engine-times.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import { countRange } from '../../../shared/sql/counted-range.ts';

/** The window of a check. */
export function windowIn(engine: SourceEngine, times: TimesIn, bounds: Bounds): Promise<CountedWindow> {
  const count = async (within: TimeBounds) => {
    const rows = { query: engine.query, where: boundsIn(engine, times.sql, within) };
    return countRange(times.sql, { rows, ask: (sql) => engine.ask(sql) });
  };
  return countedWindow(count, times, bounds);
}
