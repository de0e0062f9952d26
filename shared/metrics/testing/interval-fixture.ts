import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Predictions } from '../rows/predictions.ts';

const ends = z.tuple([z.number(), z.number()]);

const dataset = z.object({
  name: z.string(),
  task: z.enum(['regression', 'binary']),
  metric: z.enum(['rmse', 'r2', 'mae', 'accuracy', 'mcc', 'roc-auc', 'average-precision']),
  actual: z.array(z.number()),
  predicted: z.array(z.number()),
  positive: z.array(z.number()).optional(),
  value: z.number(),
  replicates: z.array(z.number()),
  jackknife: z.array(z.number()),
  bca: ends,
  percentile: ends,
  longBca: ends,
  longPercentile: ends,
});

const fixture = z.object({ confidence: z.number(), datasets: z.array(dataset) });

/** Predictions with scipy's intervals. */
export type IntervalFixture = z.output<typeof dataset>;

/** What intervals.py wrote. */
export function intervalFixtures(): z.output<typeof fixture> {
  const text = readFileSync(new URL('../fixtures/intervals.json', import.meta.url), 'utf8');
  return fixture.parse(JSON.parse(text));
}

/** A fixture's predictions. */
export function predictionsWithInterval({ task, actual, predicted, positive }: IntervalFixture): Predictions {
  if (task === 'regression') {
    return { task, actual: Float64Array.from(actual), predicted: Float64Array.from(predicted) };
  }
  return {
    task,
    classes: ['no', 'yes'],
    actual: Int32Array.from(actual),
    predicted: Int32Array.from(predicted),
    ...(positive ? { probabilities: Float64Array.from(positive.flatMap((p) => [1 - p, p])) } : {}),
  };
}
