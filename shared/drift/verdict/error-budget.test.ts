import { describe, expect, test } from 'vitest';
import { driftSettings, floorsOf } from './drift-options.ts';
import { errorBudget, performancePart } from './error-budget.ts';

const near = (value: number): unknown => expect.closeTo(value, 15);

describe('the rate of false alarms', () => {
  const all = { columns: true, prediction: true, multivariate: true };

  test('has three parts for the columns, one each for predictions and for all features together', () => {
    const budget = errorBudget(0.05, all);
    expect(budget).toEqual({ columns: near(0.03), prediction: near(0.01), multivariate: near(0.01) });
    expect(budget).not.toHaveProperty('performance');
  });

  test.each([
    [{ ...all, multivariate: false }, [0.0375, 0.0125, 0]],
    [{ ...all, prediction: false }, [0.0375, 0, 0.0125]],
    [{ ...all, columns: false }, [0, 0.025, 0.025]],
    [{ columns: true, prediction: false, multivariate: false }, [0.05, 0, 0]],
    [{ columns: false, prediction: false, multivariate: false }, [0, 0, 0]],
  ])('of %j: what is absent leaves its part to the others', (raisers, expected) => {
    const { columns, prediction, multivariate } = errorBudget(0.05, raisers);
    expect([columns, prediction, multivariate]).toEqual(expected.map(near));
  });

  test('has one part for changes of structure beside the three of the columns', () => {
    expect(errorBudget(0.06, { ...all, structural: true })).toEqual({
      columns: near(0.03),
      prediction: near(0.01),
      multivariate: near(0.01),
      structural: near(0.01),
    });
    const alone = errorBudget(0.06, {
      columns: true,
      prediction: false,
      multivariate: false,
      structural: true,
    });
    expect([alone.columns, alone.structural]).toEqual([near(0.045), near(0.015)]);
  });

  test('is one sixth for a measured performance, and the rest for the data', () => {
    expect(performancePart(0.06)).toBeCloseTo(0.01, 15);
    const budget = errorBudget(0.06, { ...all, performance: 0.01 });
    expect(budget.performance).toBe(0.01);
    expect(budget.columns).toBeCloseTo(0.03, 15);
    expect(budget.prediction).toBeCloseTo(0.01, 15);
    expect(errorBudget(0.06, { ...all, performance: 0 })).toHaveProperty('performance', 0);
  });
});

describe('options', () => {
  test('have the defaults of ciclo.yml, and what is given wins', () => {
    const defaults = {
      falseAlarmRate: 0.05,
      minEffect: 0.1,
      share: 0.3,
      minRows: 30,
      permutations: 9999,
      seed: 1,
    };
    expect(driftSettings({})).toEqual(defaults);
    expect(driftSettings({ share: 0.5, checksPerYear: 12 })).toEqual({
      ...defaults,
      share: 0.5,
      checksPerYear: 12,
    });
  });

  test('have one floor for every effect, half of it for missing values', () => {
    expect(floorsOf(0.2)).toEqual({
      'wasserstein-normalised': 0.2,
      ks: 0.2,
      'jensen-shannon-distance': 0.2,
      'total-variation': 0.2,
      'missing-share': 0.1,
    });
  });
});
