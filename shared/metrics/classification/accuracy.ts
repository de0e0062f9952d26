import { confusionMetric, rightRows } from './confusion-metric.ts';

/**
 * Accuracy.
 *
 * @example actual a, b, b; predicted a, b, a: 2 / 3
 */
export const accuracy = confusionMetric(
  'accuracy',
  ({ correct, total }) => ({ value: correct / total }),
  rightRows,
);
