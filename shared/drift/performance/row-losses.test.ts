import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { dependenceInTime } from '../dependence/row-dependence.ts';
import { rowLosses } from './row-losses.ts';
import { rowsPerIndependent } from './rows-per-independent.ts';

describe('how bad each prediction is', () => {
  const numbers = {
    task: 'regression',
    actual: Float64Array.of(3, 5, 8),
    predicted: Float64Array.of(4, 5, 6),
  } as const;
  const classes = {
    task: 'binary',
    classes: ['no', 'yes'],
    actual: Int32Array.of(0, 1),
    predicted: Int32Array.of(0, 0),
    probabilities: Float64Array.of(0.9, 0.1, 0.7, 0.3),
  } as const;

  test('is the size of an error, and the error itself where the metric is best at zero', () => {
    expect([...rowLosses(numbers, 'rmse')]).toEqual([1, 0, 2]);
    expect([...rowLosses(numbers, 'mean-bias')]).toEqual([-1, 0, 2]);
  });

  test('is what is left of the probability of what happened, or whether the label is wrong', () => {
    const chances = rowLosses(classes, 'log-loss');
    expect(chances[0]).toBeCloseTo(0.1, 12);
    expect(chances[1]).toBeCloseTo(0.7, 12);
    expect([...rowLosses(classes, 'accuracy')]).toEqual([0, 1]);
  });
});

describe('rows that say as much as one', () => {
  const random = createRandom('rows');
  const rows = 2000;
  const predicted = new Float64Array(rows);
  const times = Float64Array.from({ length: rows }, (_, row) => row);

  test('are as many as the autocorrelation of the sizes of errors has it', () => {
    let last = random.normal();
    const actual = predicted.map(() => {
      last = 0.9 * last + Math.sqrt(1 - 0.81) * random.normal();
      return last;
    });
    const perRow = rowsPerIndependent(
      { task: 'regression', actual, predicted },
      'mae',
      dependenceInTime(times, 'time'),
    );
    // numpy: 1 + 2 Σ of the correlations of |x| with |y|, normal of correlation 0.9ᵏ, is 8.82.
    expect(perRow).toBeGreaterThan(5);
    expect(perRow).toBeLessThan(14);
  });

  test('are one where rows are independent, or nobody knows their order', () => {
    const actual = predicted.map(() => random.normal());
    const predictions = { task: 'regression', actual, predicted } as const;
    expect(rowsPerIndependent(predictions, 'mae', dependenceInTime(times, 'time'))).toBe(1);
    expect(rowsPerIndependent(predictions, 'mae', { of: 'unknown', why: 'no event time' })).toBe(1);
    expect(rowsPerIndependent(predictions, 'mae', undefined)).toBe(1);
  });

  test('are those of a group where its rows have equal errors', () => {
    const own = Array.from({ length: rows / 10 }, () => random.normal());
    const groups = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 10));
    const actual = Float64Array.from(groups, (group) => own[group]!);
    const grouped = { of: 'group', name: 'customer', groups, count: own.length } as const;
    expect(rowsPerIndependent({ task: 'regression', actual, predicted }, 'mae', grouped)).toBeCloseTo(10, 6);
  });
});
