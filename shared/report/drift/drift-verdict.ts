import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import { meaningOfDrift } from '../../drift/report/drift-outcomes.ts';
import type { DriftReport } from '../../drift/report/drift-report.ts';
import { keepsRate, rateWords } from '../../drift/verdict/rate-words.ts';
import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { Outcome } from '../markup/icon.ts';

/** A check of a pipeline, or of two tables by hand. */
export type AnyDriftReport = DriftReport | MonitorReport;

/** The part that only the check of a pipeline has; undefined for two tables by hand. */
export function monitored(report: AnyDriftReport): MonitorReport | undefined {
  return 'pipeline' in report ? report : undefined;
}

/** The verdict as one of the outcomes that reports have signs for. */
export function driftOutcome(report: AnyDriftReport): Outcome {
  if (report.drift || monitored(report)?.performance?.degraded) return 'fail';
  const { sign } = meaningOfDrift(report.outcome);
  if (sign !== 'pass') return sign;
  return report.severity === 'minor' || monitored(report)?.performance?.suspected ? 'warn' : 'pass';
}

/** The verdict in a word or three. */
export function driftWord(report: AnyDriftReport): string {
  const degraded = monitored(report)?.performance?.degraded === true;
  const { word } = meaningOfDrift(report.outcome);
  if (report.outcome === 'drift') return degraded ? `${word} and a worse model` : word;
  if (degraded && report.outcome !== 'nothing-to-compare') return 'The model got worse';
  return report.outcome === 'no-drift' && report.severity === 'minor' ? 'Minor drift' : word;
}

/** How often such a check cries wolf: `If nothing has changed, at most 5% of checks raise a false alarm`, and why more may. */
export function rateSentence(report: AnyDriftReport): string {
  const words = rateWords(report).replace(/^i/, 'I');
  if (!keepsRate(report)) return `${words}: ${report.dependence?.words ?? ''}.`;
  const yearly = report['false-alarm-rate']['per-year'];
  const perYear =
    yearly === undefined
      ? ''
      : `, ${yearly < 0.095 ? 'less than 0.1' : `at most ${formatNumber(yearly, { digits: 2 })}`} in a year`;
  return `${words}${perYear}.`;
}

/** The rows that were compared, in a sentence. */
export function rowsSentence(report: AnyDriftReport): string {
  const { rows } = report;
  const monitor = monitored(report);
  const counts = `${counted(rows.current, 'row')} against ${counted(rows.reference, 'row')}`;
  if (!monitor) return `${counts} of the reference.`;
  const of = monitor.production ? ` of ${monitor.production.tag}` : ' of the locked data';
  const season = monitor.season?.used ? `, ${monitor.season.words}` : '';
  return `${counts}${of}${season}; looked at: ${monitor.window.words}.`;
}

/** What weekdays may have to do with it; undefined where nothing is known of that. */
export function weekdaySentence(report: DriftReport): string | undefined {
  const warning = report['weekly-pattern']?.warning;
  return warning === undefined ? undefined : `Weekday pattern: ${warning}.`;
}

/** What is missing for a verdict, where there is none. */
export function missingSentence(report: DriftReport): string | undefined {
  const needed = report['rows-needed'];
  if (report.outcome === 'not-enough-data' && needed !== undefined) {
    return `A verdict needs ${counted(needed, 'row')} on each side. The figures below are for information only; the next check includes these rows.`;
  }
  if (report.outcome === 'not-decided') {
    return 'This is neither an alarm nor an all-clear. These columns can be compared when the training rows are available, or from the next version on: its profile has bins for each column.';
  }
  return report.outcome === 'nothing-to-compare' ? 'There is nothing to judge; no alarm follows.' : undefined;
}
