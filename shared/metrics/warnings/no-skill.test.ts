import { describe, expect, it } from 'vitest';
import type { RegressionPredictions } from '../rows/predictions.ts';
import { judge, numbersOff, sampleValidate } from '../testing/sample-predictions.ts';

describe('a model that is no better than the naive baseline', () => {
  const naive = (count: number): RegressionPredictions => {
    const { actual } = numbersOff(1, count);
    const mean = actual.reduce((sum, value) => sum + value, 0) / count;
    return { task: 'regression', actual, predicted: actual.map(() => mean) };
  };
  const judged = (noise: number, primary = 'rmse') =>
    judge({
      predictions: numbersOff(noise, 200),
      baseline: naive(200),
      validate: sampleValidate({ primary, bootstrap: { resamples: 200 } }),
    });

  it('is warned of, whether small or large values are good, with the gate that stops it', () => {
    const { warnings, verdict } = judged(1.5);
    expect(verdict).toBe('pass');
    expect(warnings).toMatchObject([{ kind: 'no-skill' }]);
    expect(warnings![0]!.message).toMatch(
      /^No better than the naive baseline: rmse is 1\.\d+, and 0\.9\d+ of/,
    );
    expect(warnings![0]!.message).toContain('{ metric: rmse, baseline: { better-by-at-least: 0% } }');
    expect(judged(1.5, 'r2').warnings).toMatchObject([{ kind: 'no-skill' }]);
  });

  it('is not one that is better', () => {
    expect(judged(0.5)).not.toHaveProperty('warnings');
    expect(judged(0.5, 'r2')).not.toHaveProperty('warnings');
  });
});
