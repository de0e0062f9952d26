// The first line of a check: what was compared, and how the model does.
import type { Performance } from '../../shared/drift/performance/performance-report.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import { counted } from '../../shared/text/counts.ts';
import { shownTime } from '../../shared/text/shown-time.ts';
import type { CurrentRows } from './rows/current-rows.ts';

/** The headline of the comparison; where there are no rows in the window, why. */
export function headlineOf({ headline, outcome }: DriftReport, { window, time }: CurrentRows): string {
  if (outcome !== 'nothing-to-compare' || window.rows.length > 0 || time === undefined) return headline;
  if (window.newer > 0) {
    return `Nothing to compare: there are no ${window.words}, and ${counted(window.newer, 'newer row')} beyond this window`;
  }
  return window.after === undefined
    ? 'Nothing to compare: there are no rows'
    : `Nothing to compare: no row has ${time} after ${shownTime(window.after)}`;
}

/** A measured performance is said in the headline, decided or not; without new rows only where something follows from it. */
export function withPerformance(
  headline: string,
  { outcome }: DriftReport,
  performance: Performance | undefined,
): string {
  if (performance?.headline === undefined) return headline;
  if (outcome === 'nothing-to-compare' && !performance.degraded) return headline;
  return `${headline}; ${performance.headline}`;
}
