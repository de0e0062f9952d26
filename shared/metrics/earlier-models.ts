// The earlier models beside the judged one: the anchor, and whether the champion is surely left behind.
import type { ValidateConfig } from '../config/sections/validate-section.ts';
import { createRandom, type Random } from '../platform/random.ts';
import type { MetricKey } from './descriptors/metric-key.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import {
  type ChampionComparison,
  type ChampionInput,
  compareWithChampion,
} from './intervals/champion-comparison.ts';
import { gainOfPair } from './intervals/estimated-pairs.ts';
import { surenessOf } from './intervals/sureness.ts';
import type { Predictions } from './rows/predictions.ts';

/** What of an evaluation's input says which models came before. */
export interface EarlierModels {
  readonly predictions: Predictions;
  readonly champion?: ChampionInput;
  /**
   * The version that `of: anchor` compares with: `champion` when it is the champion itself; no more than its name where no
   * gate asks for it. Absent where it is not known.
   */
  readonly anchor?: ChampionInput | 'champion';
  readonly validate: ValidateConfig;
  /** By what intervals of differences are lengthened: see `outOfFoldFactor`. */
  readonly factor?: number;
  readonly digests?: Pick<Evaluation, 'model' | 'dataset' | 'predictions'>;
}

/**
 * The stream of every comparison with an earlier model: two models on the same rows have one interval, whatever the earlier one
 * is called and in whichever evaluation they meet.
 */
export function comparisonStream({ seed }: ValidateConfig['bootstrap']): Random {
  return createRandom(seed).fork('champion');
}

/** The comparison with the anchor, as far as a gate asks for it. */
export function anchorComparison(
  { anchor, predictions, validate, digests, factor = 1 }: EarlierModels,
  comparison: ChampionComparison | undefined,
  names: readonly MetricKey[],
): ChampionComparison | undefined {
  if (!validate.gates.some(({ champion }) => champion?.of === 'anchor')) return undefined;
  if (anchor === undefined || anchor === 'champion') return anchor && comparison;
  return compareWithChampion(anchor, predictions, names, validate.bootstrap, {
    random: comparisonStream(validate.bootstrap),
    factor,
    digest: digests?.model,
  });
}

/** What evaluation.json says of the anchor. */
export function anchorSummary(
  { anchor, champion }: EarlierModels,
  comparison: ChampionComparison | undefined,
): Pick<Evaluation, 'anchor'> {
  const name = anchor === 'champion' ? champion?.name : anchor?.name;
  if (name === undefined) return {};
  return { anchor: comparison ? { ...comparison.summary } : { name } };
}

/** Whether the model is better than the champion, and how surely. */
export function betterThan(
  { estimates, summary }: ChampionComparison,
  primary: MetricKey,
  settings: ValidateConfig['bootstrap'],
): Pick<ChampionComparison['summary'], 'better'> {
  const pair = estimates?.get(primary);
  if (!pair || summary.same) return {};
  return { better: surenessOf(gainOfPair(primary, pair), settings) };
}
