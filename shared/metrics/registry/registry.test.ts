import { describe, expect, it } from 'vitest';
import { defaultPrimary, type MetricName, metricsOf } from '../descriptors/descriptors.ts';
import { metricKey } from '../descriptors/metric-key.ts';
import { judgedFixtures, predictionsOfFixture } from '../testing/read-fixture.ts';
import { metricOf } from './registry.ts';

describe.each(judgedFixtures())('$task: $name', (fixture) => {
  const predictions = predictionsOfFixture(fixture);
  const names = Object.keys(fixture.expected) as MetricName[];

  it('is judged by every metric of its task', () => {
    expect(names).toEqual(metricsOf(fixture.task));
  });

  it.each(names)('%s is scikit-learn’s to 1e-9', (name) => {
    const expected = fixture.expected[name];
    const result = metricOf(name).compute(predictions);
    if (typeof expected !== 'number') {
      expect(result).toHaveProperty('undefined');
      return;
    }
    if (!('value' in result)) throw new Error(`${name} is undefined: ${result.undefined}`);
    expect(Math.abs(result.value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  });
});

describe.each(judgedFixtures().filter(({ fBeta }) => fBeta !== undefined))('F-beta of $name', (fixture) => {
  it.each(Object.entries(fixture.fBeta!))('with beta %s is scikit-learn’s', (beta, expected) => {
    const result = metricOf(metricKey({ metric: 'f-beta', beta: Number(beta) })).compute(
      predictionsOfFixture(fixture),
    );
    if (expected === null) expect(result).toHaveProperty('undefined');
    else expect((result as { value: number }).value).toBeCloseTo(expected, 12);
  });
});

const labels = { task: 'binary', classes: ['no', 'yes'] } as const;

describe('a metric without a value says why', () => {
  it.each([
    ['r2', { task: 'regression', actual: [2, 2], predicted: [1, 2] }, 'every actual value is the same'],
    ['r2', { task: 'regression', actual: [2], predicted: [1] }, 'there is one row only'],
    ['rmse', { task: 'regression', actual: [], predicted: [] }, 'there are no rows'],
    [
      'rmse',
      { task: 'regression', actual: [1, 2], predicted: [1, Number.NaN] },
      'the predicted value of row 2 is NaN, not a finite number',
    ],
    ['rmse', { task: 'regression', actual: [1e200], predicted: [0] }, 'it is too large for a 64-bit number'],
    [
      'roc-auc',
      { ...labels, actual: [1, 1], probabilities: [0.5, 0.5, 0.2, 0.8] },
      'every row is of class "yes"',
    ],
    [
      'roc-auc',
      { ...labels, actual: [0, 0], probabilities: [0.5, 0.5, 0.2, 0.8] },
      'no row is of class "yes"',
    ],
    ['average-precision', { ...labels, actual: [0], probabilities: [0.5, 0.5] }, 'no row is of class "yes"'],
    ['log-loss', { ...labels, actual: [0, 1] }, 'the predictions have no probabilities'],
    ['precision', { ...labels, actual: [0, 1] }, 'no row is predicted to be of class "yes"'],
    ['recall', { ...labels, actual: [0, 0] }, 'no row is of class "yes"'],
    ['specificity', { ...labels, actual: [1, 1] }, 'every row is of class "yes"'],
    ['f1', { ...labels, actual: [0, 0] }, 'no row is, or is predicted to be, of class "yes"'],
    ['cohen-kappa', { ...labels, actual: [0, 0] }, 'every row has, and is given, the same class'],
    [
      'brier',
      { ...labels, actual: [0], probabilities: [Number.NaN, 1] },
      'the probability of row 1 is NaN, not a finite number',
    ],
  ] as const)('%s: %#', (name, given, reason) => {
    const predictions =
      given.task === 'regression'
        ? {
            task: given.task,
            actual: Float64Array.from(given.actual),
            predicted: Float64Array.from(given.predicted),
          }
        : {
            ...labels,
            actual: Int32Array.from(given.actual),
            predicted: new Int32Array(given.actual.length),
            ...('probabilities' in given ? { probabilities: Float64Array.from(given.probabilities) } : {}),
          };
    expect(metricOf(name).compute(predictions)).toEqual({ undefined: reason });
  });
});

describe('the registry', () => {
  it('refuses a metric of another task', () => {
    const predictions = {
      task: 'regression',
      actual: new Float64Array(1),
      predicted: new Float64Array(1),
    } as const;
    expect(() => metricOf('mcc').compute(predictions)).toThrow('mcc does not judge a regression model');
  });

  it('knows each metric by its own name, and the primary one among the task’s', () => {
    for (const task of ['regression', 'binary', 'multiclass'] as const) {
      for (const name of metricsOf(task)) {
        expect(metricOf(name).name).toBe(name);
        expect(metricOf(name).tasks).toContain(task);
      }
      expect(metricsOf(task)).toContain(defaultPrimary(task));
    }
  });

  it('refuses arrays of different lengths', () => {
    expect(() =>
      metricOf('mae').compute({
        task: 'regression',
        actual: new Float64Array(2),
        predicted: new Float64Array(1),
      }),
    ).toThrow('2 actual values and 1 predicted ones');
  });
});
