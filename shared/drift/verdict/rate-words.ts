import { declaredShare } from '../../text/percent.ts';
import type { DriftReport } from '../report/drift-report.ts';

type RatedReport = Pick<DriftReport, 'false-alarm-rate' | 'dependence'> & {
  /** Whether the reference is of the same season, where that was asked for. */
  readonly season?: { readonly used: boolean } | undefined;
};

/** Whether a check keeps the rate that is declared: not where rows depend on each other and too few are left to count. */
export function keepsRate({ dependence }: Pick<RatedReport, 'dependence'>): boolean {
  return !(dependence?.measured && !dependence.handled);
}

/**
 * How often such a check alarms where nothing has changed, for the middle of a sentence: the one place that says "at most".
 *
 * @example 'if nothing has changed, at most 5% of checks raise a false alarm'
 */
export function rateWords(report: RatedReport): string {
  const rate = declaredShare(report['false-alarm-rate'].check);
  if (!keepsRate(report))
    return `if nothing has changed, more than ${rate} of checks may raise a false alarm`;
  const still =
    report.season && !report.season.used
      ? 'nothing has changed, not even the season,'
      : 'nothing has changed,';
  return `if ${still} at most ${rate} of checks raise a false alarm`;
}
