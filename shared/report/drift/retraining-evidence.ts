import { challengerOutcome } from '../../metrics/evaluation/challenger-outcome.ts';
import { clearSide } from '../../metrics/evaluation/clear-side.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { valueBesideChampion } from '../../metrics/evaluation/newer-rows-words.ts';
import { counted } from '../../text/counts.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { gainOutcome } from '../evaluation/gain.ts';
import type { PagePart } from '../pull-request/composition.ts';
import { shrinking, unshortenedPart } from '../pull-request/frame.ts';
import { blocks, code, type Markdown, md } from '../pull-request/markdown.ts';
import {
  apartTable,
  apartWarning,
  changeWords,
  comparisonTable,
  primaryOf,
  type RowsApart,
  relativeWords,
  unitAfter,
} from './retraining-words.ts';

/** `rmse 3.1 → 2.7 on unseen rows (−13%)`. */
export function gainTitle(evaluation: Evaluation, rows = 'unseen rows'): string {
  const metric = primaryOf(evaluation);
  if (!metric?.champion) return `${evaluation.primary} without a comparison`;
  const { value, gain } = metric.champion;
  return `${metric.name} ${changeWords(value, valueBesideChampion(metric), gain)} on ${rows}${relativeWords(value, valueBesideChampion(metric))}`;
}

/**
 * How sure it is that the challenger is better, at the end of a title: `, clearly better`, `, probably better`, `, not clearly
 * better`; nothing where it could not be compared.
 *
 * @param confidence `retrain.confidence`.
 */
export function surenessTitle(evaluation: Evaluation, confidence: number): string {
  const better = isClearlyBetter(evaluation) ? ', clearly better' : ', probably better';
  switch (challengerOutcome(evaluation, confidence)) {
    case 'better':
      return better;
    case 'gates-fail':
      return `${better}, but a gate fails`;
    case 'not-clearly-better':
      return ', not clearly better';
    case 'not-comparable':
      return '';
  }
}

/** Surely better, and at the confidence of the intervals that are shown beside it too, which may be a higher one than 95%. */
function isClearlyBetter(evaluation: Evaluation): boolean {
  const gain = primaryOf(evaluation)?.champion?.gain;
  return evaluation.champion?.better?.surely === true && gain !== undefined && clearSide(gain) === 'better';
}

/** The same as a sentence. @param wanted `retrain.confidence`; absent where nothing depends on it. */
function surenessSentence(evaluation: Evaluation, wanted = 0): string | undefined {
  const confidence = evaluation.champion?.better?.confidence ?? null;
  if (confidence === null) return undefined;
  if (confidence < wanted) {
    return `With a one-sided confidence of ${measuredShare(confidence, { beside: wanted })} the gain is above 0; retrain.confidence requires ${declaredShare(wanted)}.`;
  }
  if (isClearlyBetter(evaluation)) return 'It is clearly better: the 95% interval of the gain lies above 0.';
  return `It is probably better: with a one-sided confidence of ${measuredShare(confidence)} the gain is above 0.`;
}

/** What the gain in the primary metric amounts to. */
export function gainSentence(evaluation: Evaluation): string {
  const metric = primaryOf(evaluation);
  if (!metric?.champion) return 'it could not be compared.';
  return `${metric.name} ${gainOutcome(metric.champion.gain).sentence}.`;
}

interface Evidence {
  readonly evaluation: Evaluation;
  readonly champion: string;
  readonly subject?: string;
  readonly rows?: string;
  /** `retrain.confidence`. */
  readonly confidence?: number;
}

/** The first lines: both figures, the gain with its interval, on which rows. */
export function evidence({
  evaluation,
  champion,
  subject = 'The retrained model',
  rows = 'unseen row',
  confidence,
}: Evidence): Markdown {
  const metric = primaryOf(evaluation);
  if (!metric?.champion) {
    const why = evaluation.champion?.reason ?? 'no model to compare with was given';
    return md`${subject} cannot be compared with ${code(champion)}: ${why}.`;
  }
  const { value, gain } = metric.champion;
  const outcome = gainOutcome(gain);
  const icon = { better: '✅', worse: '❌', same: '⚠️', unknown: '⚠️' }[outcome.className];
  const figures = `${metric.name} ${changeWords(value, valueBesideChampion(metric), gain)}${unitAfter(metric.name, evaluation)}${relativeWords(value, valueBesideChampion(metric))}`;
  const sureness = surenessSentence(evaluation, confidence);
  const count = evaluation.champion?.rows ?? evaluation.rows;
  return blocks([
    md`${icon} **${figures}**: ${outcome.sentence}.`,
    md`${subject} against ${code(champion)} on the same ${counted(count, rows)}, which neither was trained on; the interval is a paired ${declaredShare(evaluation.bootstrap.confidence)} interval.${sureness && md` ${sureness}`} Gates: ${verdictWords(evaluation)}.`,
  ])!;
}

function verdictWords({ verdict, gates }: Evaluation): string {
  if (gates.length === 0) return 'none were judged here';
  return { pass: 'all pass', warn: 'inconclusive', fail: 'at least one fails' }[verdict];
}

/** Both models on the same rows, metric by metric. */
export function metricsPart(evaluation: Evaluation, subject?: string): PagePart {
  return shrinking('the metrics', 60, [Number.POSITIVE_INFINITY, 8, 3], (limit) => {
    const metrics = comparisonTable(evaluation, limit, subject);
    return metrics && blocks([md`#### Both on the same rows`, metrics]);
  });
}

/** Old and new rows apart, where that is known. */
export function apartParts(apart: RowsApart | undefined): PagePart[] {
  if (!apart) return [];
  return [
    unshortenedPart('old and new rows apart', 55, () => {
      const rows = apartTable(apart);
      return rows && blocks([md`#### New and old rows apart`, apartWarning(apart), rows]);
    }),
  ];
}
