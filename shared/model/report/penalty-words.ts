import { formatNumber } from '../../text/number-format.ts';
import type { CandidateReport, Penalty } from './training-report.ts';

/** A penalty by its usual name. @example penaltyText({ alpha: 20 }) // 'α 20' */
export function penaltyText(penalty: Penalty): string {
  return 'alpha' in penalty ? `α ${formatNumber(penalty.alpha)}` : `C ${formatNumber(penalty.c)}`;
}

/** The penalty of a candidate whose best epoch has one. */
export function chosenPenalty({ history, bestEpoch }: Pick<CandidateReport, 'history' | 'bestEpoch'>): Penalty | undefined {
  return history.find(({ epoch }) => epoch === bestEpoch)?.penalty;
}
