import type { Sample } from '../metric.ts';
import type { ClassificationPredictions } from '../predictions.ts';

/** Counts of (actual, predicted) pairs and their margins. */
export interface Confusion {
  readonly classes: number;
  /** Row-major: actual × predicted. */
  readonly counts: Float64Array;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly correct: number;
  readonly total: number;
}

/** One count for each resample, shared by all metrics that are made of it. */
const lastCounts = new WeakMap<ClassificationPredictions, { sample: Sample; confusion: Confusion }>();

/** The confusion matrix over a resample's rows. */
export function confusionOf(predictions: ClassificationPredictions, sample: Sample): Confusion {
  const last = lastCounts.get(predictions);
  if (last?.sample === sample) return last.confusion;
  const confusion = count(predictions, sample.weights);
  lastCounts.set(predictions, { sample, confusion });
  return confusion;
}

function count({ classes, actual, predicted }: ClassificationPredictions, weights: Uint16Array | undefined): Confusion {
  const k = classes.length;
  const counts = new Float64Array(k * k);
  for (let row = 0; row < actual.length; row++) {
    const cell = actual[row]! * k + predicted[row]!;
    counts[cell] = counts[cell]! + (weights ? weights[row]! : 1);
  }
  const byActual = new Float64Array(k);
  const byPredicted = new Float64Array(k);
  let correct = 0;
  let total = 0;
  for (let i = 0; i < k; i++) {
    correct += counts[i * k + i]!;
    for (let j = 0; j < k; j++) {
      const cell = counts[i * k + j]!;
      byActual[i] = byActual[i]! + cell;
      byPredicted[j] = byPredicted[j]! + cell;
      total += cell;
    }
  }
  return { classes: k, counts, actual: byActual, predicted: byPredicted, correct, total };
}

/** Precision, recall and F1 of a class; a division by zero counts 0, as scikit-learn has it. */
export function scoresOfClass(c: Confusion, index: number): { precision: number; recall: number; f1: number } {
  const hits = c.counts[index * c.classes + index]!;
  const divide = (a: number, b: number): number => (b === 0 ? 0 : a / b);
  return {
    precision: divide(hits, c.predicted[index]!),
    recall: divide(hits, c.actual[index]!),
    f1: divide(2 * hits, c.actual[index]! + c.predicted[index]!),
  };
}
