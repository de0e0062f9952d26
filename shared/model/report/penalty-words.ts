import { formatNumber } from '../../text/number-format.ts';
import type { CandidateReport, EpochReport, Penalty } from './training-report.ts';

/** A penalty by its usual name. @example penaltyText({ alpha: 20 }) // 'α 20' */
export function penaltyText(penalty: Penalty): string {
  return 'alpha' in penalty ? `α ${formatNumber(penalty.alpha)}` : `C ${formatNumber(penalty.c)}`;
}

/** The penalty of the epoch whose weights a candidate keeps; undefined of one that tries none. */
export function chosenPenalty({
  history,
  bestEpoch,
}: Pick<CandidateReport, 'history' | 'bestEpoch'>): Penalty | undefined {
  return history.find(({ epoch }) => epoch === bestEpoch)?.penalty;
}

/**
 * Which penalty a candidate was kept with, in words that go on a sentence; undefined of one that tries none.
 *
 * @example 'penalty α 20 on the squared weights of standardised inputs, chosen among 20 from 3,000 to 0.001 (the larger, the stronger)'
 */
export function penaltyWords(candidate: Pick<CandidateReport, 'history' | 'bestEpoch'>): string | undefined {
  const chosen = chosenPenalty(candidate);
  if (!chosen) return undefined;
  const { history } = candidate;
  const end = (epoch: EpochReport | undefined) => formatNumber(sizeOf(epoch?.penalty ?? chosen));
  const grows = 'alpha' in chosen ? 'larger' : 'smaller';
  return `penalty ${penaltyText(chosen)} on the squared weights of standardised inputs, chosen among ${history.length} from ${end(history[0])} to ${end(history.at(-1))} (the ${grows}, the stronger)`;
}

function sizeOf(penalty: Penalty): number {
  return 'alpha' in penalty ? penalty.alpha : penalty.c;
}
