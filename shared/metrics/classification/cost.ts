import type { Metric } from '../metric/metric.ts';
import { positiveMetric } from './positive-metric.ts';

/**
 * The mean cost of a row.
 *
 * @param missed what a positive row costs that is predicted negative. @param falseAlarm what it costs the other way round.
 * @example missed 10, false alarm 1; of 100 rows 2 are missed and 5 false alarms: (20 + 5) / 100 = 0.25
 */
export function meanCost(missed: number, falseAlarm: number): Metric<'cost'> {
  return positiveMetric('cost', ({ truePositives, falsePositives, falseNegatives, trueNegatives }) => {
    const rows = truePositives + falsePositives + falseNegatives + trueNegatives;
    return { value: (missed * falseNegatives + falseAlarm * falsePositives) / rows };
  });
}
