import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Predictions } from '../rows/predictions.ts';

const dataset = z.object({
  name: z.string(),
  task: z.enum(['regression', 'binary', 'multiclass']),
  classes: z.array(z.string()).optional(),
  positive: z.string().optional(),
  actual: z.array(z.number()),
  predicted: z.array(z.number()),
  probabilities: z.array(z.number()).optional(),
  /** By metric; null where scikit-learn has no number, or one that is a convention for "undefined". */
  expected: z.record(z.string(), z.number().nullable()),
  /** Binary: F-beta by beta. */
  fBeta: z.record(z.string(), z.number().nullable()).optional(),
  /** Binary: threshold, rows predicted positive, precision, recall, specificity, F1. */
  byThreshold: z.array(z.array(z.number().nullable())).optional(),
  confusion: z.array(z.array(z.number())).optional(),
  perClass: z
    .object({
      precision: z.array(z.number()),
      recall: z.array(z.number()),
      f1: z.array(z.number()),
      rows: z.array(z.number()),
    })
    .optional(),
});

/** Predictions with what scikit-learn says of them. */
export type JudgedFixture = z.output<typeof dataset>;

/** The datasets of metrics.json, which metrics.py writes. */
export function judgedFixtures(): JudgedFixture[] {
  const text = readFileSync(new URL('../fixtures/metrics.json', import.meta.url), 'utf8');
  return z.object({ datasets: z.array(dataset) }).parse(JSON.parse(text)).datasets;
}

/** A fixture's predictions. */
export function predictionsOfFixture(fixture: JudgedFixture): Predictions {
  const { task, classes = [], positive, actual, predicted, probabilities } = fixture;
  if (task === 'regression') {
    return { task, actual: Float64Array.from(actual), predicted: Float64Array.from(predicted) };
  }
  return {
    task,
    classes,
    ...(positive === undefined ? {} : { positive }),
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(predicted),
    ...(probabilities ? { probabilities: Float64Array.from(probabilities) } : {}),
  };
}
