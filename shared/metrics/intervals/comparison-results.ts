import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { MetricResult } from '../evaluation/metric-result.ts';
import type { ChampionComparison } from './champion-comparison.ts';
import { combineEstimates } from './estimate.ts';
import { gainOfPair, numberOf } from './estimated-pairs.ts';
import { measuredTogether } from './measured.ts';

/** Each metric's comparison, as evaluation.json holds it. */
export function comparisonsOf(
  names: readonly MetricKey[],
  comparison: ChampionComparison | undefined,
  bootstrapSettings: ValidateConfig['bootstrap'],
): ReadonlyMap<MetricKey, NonNullable<MetricResult['champion']>> {
  const pairs = names.flatMap((name) => {
    const pair = comparison?.estimates?.get(name);
    return pair ? [{ name, pair }] : [];
  });
  const intervals = measuredTogether(
    pairs.flatMap(({ name, pair }) => [
      combineEstimates(pair.challenger, pair.champion, (a, b) => a - b),
      gainOfPair(name, pair),
    ]),
    bootstrapSettings,
  );
  return new Map(
    pairs.map(({ name, pair }, i) => [
      name,
      {
        value: numberOf(pair.champion),
        ...(comparison?.otherRows ? { own: numberOf(pair.challenger) } : {}),
        difference: intervals[2 * i]!,
        gain: intervals[2 * i + 1]!,
      },
    ]),
  );
}
