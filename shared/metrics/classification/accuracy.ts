import { confusionMetric } from './confusion-metric.ts';

/**
 * Accuracy: the share of rows whose class is predicted right.
 *
 * correct / n; 1 is perfect. scikit-learn: `accuracy_score`.
 *
 * @example actual a, b, b; predicted a, b, a: 2 / 3
 */
export const accuracy = confusionMetric('accuracy', ({ correct, total }) => ({
  value: correct / total,
}));
