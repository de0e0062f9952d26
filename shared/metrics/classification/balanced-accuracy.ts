import { confusionMetric } from './confusion-metric.ts';

/**
 * Balanced accuracy: the mean recall of the classes that have rows.
 *
 * 1 / classes is guessing.
 *
 * @example actual a, b, b; predicted a, b, a: (1 + 1/2) / 2 = 0.75
 */
export const balancedAccuracy = confusionMetric(
  'balanced-accuracy',
  (matrix) => {
    let sum = 0;
    let classes = 0;
    for (let k = 0; k < matrix.size; k++) {
      const rows = matrix.actual[k]!;
      if (rows === 0) continue;
      sum += matrix.cells[k * matrix.size + k]! / rows;
      classes++;
    }
    return { value: sum / classes };
  },
  { unseen: 'of-each-actual' },
);
