import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { anchorAfter } from '../evaluation/anchor.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';
import { judge, judgeGate, sampleRegression, sampleValidate } from '../testing/sample-predictions.ts';

/** A model whose errors are those of every other one, as much larger, and a little of its own. */
function modelOf(size: number, seed: string): RegressionPredictions {
  const shared = createRandom('rows');
  const own = createRandom(seed);
  const actual = Float64Array.from({ length: 200 }, () => 20 + 5 * shared.normal());
  const predicted = actual.map((value) => value + size * shared.normal() + 0.01 * own.normal());
  return { task: 'regression', actual, predicted };
}

/** Twenty changes, each 1% worse, each deployed when its gate lets it pass: how many are, and what the last one is. */
function creep(of: 'champion' | 'anchor') {
  const gates = [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%', of } }];
  const validate = sampleValidate({ metrics: ['rmse'], gates });
  let champion = { name: 'v0', predictions: modelOf(1, 'v0') };
  const first = champion;
  let anchor = 'v0';
  let size = 1;
  let deployed = 0;
  for (let change = 1; change <= 20; change++) {
    const name = `v${change}`;
    const predictions = modelOf(size * 1.01, name);
    const evaluation = judge({
      predictions,
      champion,
      anchor: anchor === champion.name ? 'champion' : first,
      validate,
    });
    if (evaluation.verdict === 'fail') continue;
    anchor = anchorAfter(evaluation, name);
    champion = { name, predictions };
    size *= 1.01;
    deployed++;
  }
  return { deployed, size, anchor };
}

describe('twenty changes of −1% each', () => {
  it('all pass a gate that compares with the champion: −22%', () => {
    expect(creep('champion')).toMatchObject({ deployed: 20, size: expect.closeTo(1.01 ** 20, 6) });
  });

  it('are stopped by the same gate against the anchor, which stays the first, once they add up to 2%', () => {
    const { deployed, size, anchor } = creep('anchor');
    expect(anchor).toBe('v0');
    expect(deployed).toBeLessThanOrEqual(2);
    expect(size).toBeLessThan(1.025);
  });
});

describe('a gate on the anchor', () => {
  const predictions = sampleRegression();
  const old = { name: 'fuel@v1.1.0', predictions };
  const worse = { ...predictions, predicted: predictions.predicted.map((value) => value + 2) };
  const gate = { metric: 'rmse', champion: { 'worse-by-at-most': '2%', of: 'anchor' } };

  it('does not apply while there is no version', () => {
    expect(judgeGate(gate, { predictions })).toMatchObject({ outcome: 'not-applicable', of: 'anchor' });
  });

  it('compares with the champion where that is the anchor', () => {
    const judged = judge({
      predictions: worse,
      champion: old,
      anchor: 'champion',
      validate: sampleValidate({ gates: [gate] }),
    });
    expect(judged.gates[0]).toMatchObject({
      outcome: 'fail',
      declared: 'rmse worse than the anchor by at most 2%',
    });
    expect(judged.anchor).toMatchObject({ name: 'fuel@v1.1.0', comparable: true });
  });

  it('compares with an older version, whatever the champion is', () => {
    const anchor = { name: 'fuel@v1.0.0', predictions };
    const champion = { ...old, predictions: worse };
    expect(judgeGate(gate, { predictions: worse, champion, anchor })).toMatchObject({ outcome: 'fail' });
    expect(
      judgeGate(
        { ...gate, champion: { 'worse-by-at-most': '2%' } },
        { predictions: worse, champion, anchor },
      ),
    ).toMatchObject({
      outcome: 'pass',
    });
  });

  it.each([
    [
      { name: 'fuel@v1.0.0', reason: 'fuel@v1.0.0 has no published release here' },
      /fuel@v1\.0\.0 has no published release/,
    ],
    [undefined, /the champion was not found as a version/],
  ])('of %j is not measured', (anchor, why) => {
    const judged = judgeGate(gate, { predictions, champion: old, ...(anchor ? { anchor } : {}) });
    expect(judged).toMatchObject({ outcome: 'inconclusive', doubt: 'unmeasured', means: 'warn' });
    expect(judged.message).toMatch(why);
  });
});

describe('the anchor after a deployment', () => {
  const champion = { name: 'fuel@v1.1.0', rows: 43, comparable: true };
  const anchor = { name: 'fuel@v1.0.0' };
  const better = (surely: boolean): Evaluation['champion'] => ({
    ...champion,
    better: { surely, confidence: 0.99 },
  });
  it.each([
    ['the first version', {}, 'fuel@v1.2.0'],
    ['one that is clearly better', { champion: better(true), anchor }, 'fuel@v1.2.0'],
    ['one that is not', { champion: better(false), anchor }, 'fuel@v1.0.0'],
    [
      'one that could not be compared',
      { champion: { ...champion, comparable: false }, anchor },
      'fuel@v1.0.0',
    ],
    ['one of before there were anchors', { champion }, 'fuel@v1.2.0'],
  ])('of %s', (_, evaluation, name) => {
    expect(anchorAfter(evaluation, 'fuel@v1.2.0')).toBe(name);
  });
});

describe('a gain over the champion', () => {
  const predictions = sampleRegression();
  const of = (factor: number) =>
    judge({
      predictions: {
        ...predictions,
        predicted: predictions.actual.map(
          (value, row) => value + factor * (predictions.predicted[row]! - value),
        ),
      },
      champion: { name: 'old', predictions },
    }).champion!.better!;

  it('is sure or probable, with its one-sided confidence', () => {
    expect(of(0.9)).toEqual({ surely: true, confidence: expect.closeTo(1, 2) });
    expect(of(1.1)).toEqual({ surely: false, confidence: null });
  });

  it('has the largest one-sided confidence whose lower bound is above 0', () => {
    const random = createRandom('own errors');
    const predicted = predictions.actual.map(
      (value, row) => value + 0.86 * (predictions.predicted[row]! - value) + 0.4 * random.normal(),
    );
    const judged = (confidence: number) =>
      judge({
        predictions: { ...predictions, predicted },
        champion: { name: 'old', predictions },
        validate: sampleValidate({ bootstrap: { resamples: 300, confidence } }),
      });
    const { confidence } = judged(0.95).champion!.better!;
    expect(confidence).toBeGreaterThan(0.5);
    // The lower bound of a one-sided confidence c is that of the two-sided interval of 2c − 1.
    const low = (oneSided: number) =>
      judged(2 * oneSided - 1).metrics.find(({ name }) => name === 'rmse')!.champion!.gain.low!;
    expect(low(confidence! - 0.005)).toBeGreaterThan(0);
    expect(low(Math.min(0.9999, confidence! + 0.005))).toBeLessThanOrEqual(0);
  });
});
