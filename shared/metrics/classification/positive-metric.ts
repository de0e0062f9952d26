import { positiveClass, positiveCode } from '../../dataset/schema/positive-class.ts';
import type { ClassificationMetricName } from '../descriptors/descriptors.ts';
import { classificationMetric, type Metric } from '../metric/metric.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import type { ConfusionMatrix } from '../rows/confusion.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';

/** Rows by whether they are of the positive class, and are predicted to be. */
export interface PositiveCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** How the interval of a metric of the positive class is made: it is a function of a share of counted rows, or not. */
export interface PositiveShare {
  readonly trials: (counts: PositiveCounts) => { readonly hits: number; readonly rows: number };
  /** The metric at a share; default: the share itself. */
  readonly ofShare?: (share: number) => number;
}

/** A metric of the positive class of a binary task, from its counts; the label is for the reason why there is none. */
export function positiveMetric<Name extends ClassificationMetricName<'labels'>>(
  name: Name,
  of: (counts: PositiveCounts, label: string) => MetricValue,
  share?: PositiveShare,
): Metric<Name> {
  const ofMatrix = (rows: ClassifiedRows) => {
    const code = positiveCode(rows)!;
    const label = JSON.stringify(positiveClass(rows));
    return (matrix: ConfusionMatrix) => of(countsOf(matrix, code), label);
  };
  return classificationMetric({
    name,
    weigh(rows) {
      const value = ofMatrix(rows);
      return (weights) => value(rows.confusion.at(weights));
    },
    sample(rows) {
      const cells = { rows, of: ofMatrix(rows), unseen: 'one' } as const;
      if (!share) return { kind: 'cells', ...cells };
      const { trials, ofShare = (value) => value } = share;
      const code = positiveCode(rows)!;
      return { kind: 'share', ...cells, trials: (matrix) => trials(countsOf(matrix, code)), ofShare };
    },
  });
}

function countsOf({ cells, actual, predicted, total }: ConfusionMatrix, code: number): PositiveCounts {
  const truePositives = cells[code * 3]!;
  const falsePositives = predicted[code]! - truePositives;
  const falseNegatives = actual[code]! - truePositives;
  const trueNegatives = total - truePositives - falsePositives - falseNegatives;
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

/** A share, or why there is none: scikit-learn's `zero_division=nan`. */
export function shareOrReason(part: number, whole: number, reason: string): MetricValue {
  return whole > 0 ? { value: part / whole } : { undefined: reason };
}
