import { describe, expect, it } from 'vitest';
import { validateSchema } from '../config/sections/validate-section.ts';
import { silentLogger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import { evaluate } from './evaluate.ts';
import { judgedRowsWords, outOfFoldNotes } from './evaluation/judged-rows-words.ts';
import { comparedRowsWords } from './evaluation/newer-rows-words.ts';
import { outOfFoldFactor } from './intervals/out-of-fold-factor.ts';
import type { Predictions } from './rows/predictions.ts';

const predicted = (rows: number, error: number, seed: string): Predictions => {
  const random = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, (_, row) => row);
  return { task: 'regression', actual, predicted: actual.map((value) => value + error * random.normal()) };
};

const validate = validateSchema.parse({
  primary: 'mae',
  metrics: ['mae'],
  gates: [
    { metric: 'mae', baseline: { 'better-by-at-least': 0.1 } },
    { metric: 'mae', 'train-gap': { 'at-most': 0.5 } },
    { metric: 'mae', max: 2 },
  ],
});

const judge = (folds?: { readonly count: number; readonly inputs: number }, rows = 200) =>
  evaluate(
    {
      pipeline: 'fuel',
      task: 'regression',
      target: 'mpg',
      predictions: predicted(rows, 1, 'own'),
      baseline: predicted(rows, 2, 'naive'),
      train: [predicted(30, 0.5, 'first'), predicted(90, 0.8, 'second')],
      champion: {
        name: 'fuel@v1.0.0',
        predictions: predicted(rows, 1.1, 'champion'),
        outOfFold: { edited: 3 },
      },
      digests: { model: 'sha256:0' },
      ...(folds ? { folds } : {}),
      slices: [],
      validate,
    },
    { logger: silentLogger },
  );

describe('rows that were predicted out-of-fold', () => {
  const plain = judge();
  const folded = judge({ count: 5, inputs: 20 });
  const factor = outOfFoldFactor(0.1);

  it('lengthen the intervals of differences, and of nothing else', () => {
    expect(folded.outOfFold).toEqual({ folds: 5, inputsPerRow: 0.1, factor, promised: true });
    expect(factor).toBeGreaterThan(1);
    const [before, after] = [plain, folded].map(({ metrics }) => metrics[0]!) as [
      (typeof plain.metrics)[0],
      (typeof plain.metrics)[0],
    ];
    expect([after.value, after.low, after.high]).toEqual([before.value, before.low, before.high]);
    const [gain, longer] = [before.champion!.gain, after.champion!.gain];
    expect(longer.value).toBe(gain.value);
    expect(longer.low! - longer.value!).toBeCloseTo(factor * (gain.low! - gain.value!), 10);
    expect(longer.high! - longer.value!).toBeCloseTo(factor * (gain.high! - gain.value!), 10);
    for (const [i, times] of [factor, factor, 1].entries()) {
      const [a, b] = [plain.gates[i]!, folded.gates[i]!];
      expect(b.high! - b.low!).toBeCloseTo(times * (a.high! - a.low!), 10);
    }
  });

  it('have the training value of each fold, by its rows', () => {
    const mae = (one: Predictions) => {
      if (one.task !== 'regression') throw new TypeError('no regression');
      const errors = one.actual.map((value, row) => Math.abs(value - one.predicted[row]!));
      return errors.reduce((sum, error) => sum + error, 0) / errors.length;
    };
    const expected = (30 * mae(predicted(30, 0.5, 'first')) + 90 * mae(predicted(90, 0.8, 'second'))) / 120;
    expect(folded.metrics[0]!.train).toBeCloseTo(expected, 12);
  });

  it('are said to be so', () => {
    expect(judgedRowsWords(folded)).toBe('200 rows, each predicted out-of-fold');
    expect(judgedRowsWords(plain)).toBe('200 unseen rows');
    expect(outOfFoldNotes(plain)).toEqual([]);
    expect(outOfFoldNotes(folded).join(' ')).toMatch(
      /^Figures come from 5-fold cross-validation: .* Intervals of differences are widened by a factor of 1\.\d+,/,
    );
    expect(comparedRowsWords(folded.champion!)).toBe(
      '200 rows that both predicted out-of-fold; 3 rows that changed since are left out',
    );
  });

  it('promise nothing of differences where inputs are many', () => {
    const many = judge({ count: 5, inputs: 60 });
    expect(many.outOfFold).toMatchObject({ inputsPerRow: 0.3, promised: false });
    expect(outOfFoldNotes(many).join(' ')).toContain(
      'not guaranteed: 60 inputs are more than a quarter of 200 rows',
    );
  });
});

describe('the factor of out-of-fold differences', () => {
  it('grows with the inputs a row, and ends where nothing is promised', () => {
    const factors = [0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 1, 5].map(outOfFoldFactor);
    expect(factors).toEqual(factors.toSorted((a, b) => a - b));
    expect(factors.at(-1)).toBe(factors.at(-2));
  });
});
