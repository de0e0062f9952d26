import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { NaiveGain } from './naive-gain.ts';
import { proposedGates } from './proposed-gates.ts';

function evaluation(metric: Partial<Evaluation['metrics'][number]>): Evaluation {
  const one = { name: 'rmse', value: 3, low: 2.7, high: 3.4, better: 'lower', baseline: 7, ...metric };
  return { primary: one.name, metrics: [one], bootstrap: { confidence: 0.95 } } as unknown as Evaluation;
}

const lines = (metric: Partial<Evaluation['metrics'][number]>, gain?: NaiveGain) =>
  proposedGates(evaluation(metric), gain).map(({ line }) => line);

test('an error gets a bound above its interval, half of what it gains over the naive model, and the champion', () => {
  // 3.4 + 0.2 = 3.6; the naive model is beaten by 3.6 / 7 = 51% at least.
  expect(lines({}, { measured: 4, low: 3.6, high: 4.3 })).toEqual([
    '{ metric: rmse, max: 3.6 }',
    '{ metric: rmse, baseline: { better-by-at-least: 25% } }',
    '{ metric: rmse, champion: { worse-by-at-most: 2% } }',
  ]);
});

test('a score gets a bound below its interval', () => {
  expect(
    lines({ name: 'roc-auc', better: 'higher', value: 0.9, low: 0.86, high: 0.93, baseline: 0.5 }),
  ).toEqual(['{ metric: roc-auc, min: 0.84 }', '{ metric: roc-auc, champion: { worse-by-at-most: 2% } }']);
});

test('without an interval, and where the naive model is as good, no bound is made up', () => {
  const champion = '{ metric: rmse, champion: { worse-by-at-most: 2% } }';
  expect(lines({ low: null, high: null })).toEqual([champion]);
  expect(lines({ baseline: 3.1 })).toEqual([champion]);
  expect(lines({ baseline: 3.1 }, { measured: 0.1, low: -0.2, high: 0.3 })).toEqual([champion]);
  expect(lines({ baseline: null })).toEqual(['{ metric: rmse, max: 3.6 }', champion]);
  expect(
    lines({ name: 'accuracy', better: 'higher', value: 0.7, low: 0.6, high: 0.8, baseline: 0.58 }),
  ).toEqual(['{ metric: accuracy, champion: { worse-by-at-most: 2% } }']);
});

test('the model always passes its own bound with its whole interval', () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(positive, positive, positive, (low, up, further) => {
      const metric = { value: low + up, low, high: low + up + further, baseline: null };
      const bound = Number(/max: ([\d.e+-]+)/.exec(lines(metric)[0]!)?.[1]);
      expect(bound).toBeGreaterThanOrEqual(metric.high);
      expect(bound).toBeLessThan(2 * metric.high);
    }),
  );
});
