import { confusionMetric } from './confusion-metric.ts';

/**
 * Balanced accuracy: the share predicted right within each class, averaged: a rare class counts as much as a common
 * one.
 *
 * The mean recall of the classes that have rows; 1 is perfect, 1 / classes is guessing (Brodersen et al., "The
 * balanced accuracy and its posterior distribution", 2010). scikit-learn: `balanced_accuracy_score`.
 *
 * @example actual a, b, b; predicted a, b, a: (1 + 1/2) / 2 = 0.75
 */
export const balancedAccuracy = confusionMetric('balanced-accuracy', (matrix) => {
  let sum = 0;
  let classes = 0;
  for (let k = 0; k < matrix.size; k++) {
    const rows = matrix.actual[k]!;
    if (rows === 0) continue;
    sum += matrix.cells[k * matrix.size + k]! / rows;
    classes++;
  }
  return { value: sum / classes };
});
