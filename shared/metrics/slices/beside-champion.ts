import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { SliceResult } from '../evaluation/metric-result.ts';
import { gainOfPair, judgedPair, pairsOf } from '../intervals/estimated-pairs.ts';
import { measuredTogether } from '../intervals/measured.ts';
import type { JudgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { takePredictions } from '../rows/subset.ts';

/** The champion beside the slices. */
export interface SliceChampion {
  /** Its predictions: of the judged rows at `rows`, or of all. */
  readonly predictions: Predictions;
  readonly rows?: Uint32Array;
  /** The stream and the factor of the comparison over all rows: a slice of all rows has its interval. */
  readonly random: () => Random;
  readonly factor: number;
}

/** The champion's values on a slice's rows and, where it is judged, how much better this model is; undefined where it lacks one. */
export function besideChampion(
  own: JudgedRows,
  {
    rows,
    champion,
    placeOf,
    judged,
    metrics,
    settings,
  }: {
    readonly rows: Uint32Array;
    readonly champion: SliceChampion;
    readonly placeOf: ((row: number) => number | undefined) | undefined;
    readonly judged: boolean;
    readonly metrics: readonly MetricKey[];
    readonly settings: ValidateConfig['bootstrap'];
  },
): Pick<SliceResult, 'champion' | 'gain'>[] | undefined {
  const places = placeOf && Array.from(rows, placeOf);
  if (!places?.every((place) => place !== undefined)) return undefined;
  const theirs = takePredictions(champion.predictions, Uint32Array.from(places));
  const { factor } = champion;
  const least = judged && rows.length > 1 ? rows.length : rows.length + 1;
  const pairs = pairsOf(judgedPair(own, theirs), {
    metrics,
    settings,
    factor,
    least,
    random: champion.random(),
  });
  const gains = judged
    ? measuredTogether(
        metrics.map((metric) => gainOfPair(metric, pairs.get(metric)!)),
        settings,
      )
    : undefined;
  return metrics.map((metric, i) => {
    const { value } = pairs.get(metric)!.champion;
    return {
      champion: 'value' in value ? value.value : null,
      ...(gains ? { gain: gains[i]! } : {}),
    };
  });
}
