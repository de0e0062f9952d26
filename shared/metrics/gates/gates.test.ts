import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judge,
  judgeGate,
  sampleBinary,
  sampleRegression,
  sampleValidate,
} from '../testing/sample-predictions.ts';
import { outcomeOf } from './gate-outcome.ts';

const predictions = sampleRegression();
const shifted = (by: number) => ({
  ...predictions,
  predicted: predictions.predicted.map((value) => value + by),
});

describe('an outcome', () => {
  const interval = fc
    .tuple(fc.double({ noNaN: true, min: -10, max: 10 }), fc.double({ noNaN: true, min: -10, max: 10 }))
    .map(([a, b]) => ({ value: (a + b) / 2, low: Math.min(a, b), high: Math.max(a, b) }));

  it('passes or fails only when the whole interval lies on one side of the bound', () => {
    fc.assert(
      fc.property(interval, fc.double({ noNaN: true, min: -10, max: 10 }), ({ value, low, high }, bound) => {
        const outcome = outcomeOf({ value, low, high }, bound, 'at most');
        expect(outcome).toBe(high <= bound ? 'pass' : low > bound ? 'fail' : 'inconclusive');
        const mirrored = { value: -value, low: -high, high: -low };
        expect(outcomeOf(mirrored, -bound, 'at least')).toBe(outcome);
      }),
    );
  });

  it('holds on the bound itself', () => {
    expect(outcomeOf({ value: 4, low: 3, high: 4 }, 4, 'at most')).toBe('pass');
    expect(outcomeOf({ value: 4, low: 4, high: 5 }, 4, 'at least')).toBe('pass');
  });

  it('is inconclusive without a value or an interval', () => {
    expect(outcomeOf({ value: null, low: null, high: null }, 4, 'at most')).toBe('inconclusive');
    expect(outcomeOf({ value: 3, low: null, high: null }, 4, 'at most')).toBe('inconclusive');
  });
});

describe('min and max', () => {
  it.each([
    [2, 'pass', 'No part of the interval lies above the bound.'],
    [0.5, 'fail', 'The whole interval lies above the bound.'],
    [
      0.92,
      'inconclusive',
      'The interval reaches across the bound, so 200 rows cannot tell; the value itself is beyond the bound.',
    ],
    [
      0.96,
      'inconclusive',
      'The interval reaches across the bound, so 200 rows cannot tell; the value itself is within the bound.',
    ],
  ] as const)('rmse at most %d: %s', (max, outcome, message) => {
    const gate = judgeGate({ metric: 'rmse', max }, { predictions });
    expect(gate).toMatchObject({
      kind: 'max',
      bound: max,
      outcome,
      message,
      declared: `rmse at most ${max}`,
    });
  });

  it('are two gates where both are declared', () => {
    const validate = sampleValidate({ gates: [{ metric: 'mean-bias', min: -1, max: 1 }] });
    const { gates } = judge({ predictions, validate });
    expect(gates.map(({ index, kind, outcome }) => [index, kind, outcome])).toEqual([
      [0, 'min', 'pass'],
      [0, 'max', 'pass'],
    ]);
  });

  it('cannot be decided for a metric that is undefined, and say why', () => {
    const constant = { ...predictions, actual: predictions.actual.map(() => 3) };
    expect(judgeGate({ metric: 'r2', min: 0.5 }, { predictions: constant })).toMatchObject({
      outcome: 'inconclusive',
      measured: null,
      message: 'It cannot be measured: every actual value is the same.',
    });
  });
});

describe('a champion gate', () => {
  const worse = { metric: 'rmse', champion: { 'worse-by-at-most': '2%' } };
  const better = { metric: 'rmse', champion: { 'better-by-at-least': 0.01 } };

  it('is not applicable while there is no champion', () => {
    expect(judgeGate(worse, { predictions })).toMatchObject({
      outcome: 'not-applicable',
      message: 'There is no champion to compare with yet.',
    });
  });

  it('is inconclusive, never a pass, when the champion cannot be compared', () => {
    const rows = Uint32Array.of(1, 2, 3);
    const few = {
      task: 'regression',
      actual: predictions.actual.slice(1, 4),
      predicted: predictions.actual.slice(1, 4),
    } as const;
    expect(
      judgeGate(worse, { predictions, champion: { name: 'old', predictions: few, rows } }),
    ).toMatchObject({
      outcome: 'inconclusive',
      message:
        'The champion cannot be compared: only 3 rows are unseen by both models; at least 10 are needed.',
    });
    const reason = 'its features are gone';
    expect(judgeGate(worse, { predictions, champion: { name: 'old', reason } })).toMatchObject({
      outcome: 'inconclusive',
      message: 'The champion cannot be compared: its features are gone.',
    });
  });

  it('judges the paired difference: a small sure gain passes though the intervals overlap', () => {
    const champion = { name: 'old', predictions: shifted(0.3) };
    const evaluation = judge({
      predictions: {
        ...predictions,
        predicted: predictions.predicted.map((v, i) => v * 0.95 + predictions.actual[i]! * 0.05),
      },
      champion: { name: 'old', predictions },
      validate: sampleValidate({ gates: [better] }),
    });
    expect(evaluation.gates[0]).toMatchObject({ outcome: 'pass', kind: 'champion-better-by-at-least' });
    const rmse = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    expect(rmse.high!).toBeGreaterThan(rmse.champion!.value!);
    expect(rmse.champion!.gain.low!).toBeGreaterThan(0);
    expect(rmse.champion!.difference.high!).toBeCloseTo(-rmse.champion!.gain.low!, 12);
    expect(judgeGate(better, { predictions: shifted(2), champion })).toMatchObject({ outcome: 'fail' });
  });

  it('passes a model against itself, and does not call it better', () => {
    const champion = { name: 'same', predictions };
    expect(judgeGate(worse, { predictions, champion })).toMatchObject({ outcome: 'pass', measured: 0 });
    expect(judgeGate(better, { predictions, champion })).toMatchObject({ outcome: 'fail', measured: 0 });
  });

  it('passes, or does not apply, of the very model that is in production, on however few rows', () => {
    const champion = { name: 'fuel@v1', digest: 'sha256:1', reason: 'its manifest is old' };
    const input = { predictions: sampleRegression(4), champion, digests: { model: 'sha256:1' } };
    const message = 'It is the same model as in production.';
    expect(judgeGate(worse, input)).toMatchObject({ outcome: 'pass', measured: null, message });
    expect(judgeGate(better, input)).toMatchObject({ outcome: 'not-applicable', message });
    const evaluation = judge({ ...input, validate: sampleValidate({ gates: [worse, better] }) });
    expect(evaluation).toMatchObject({
      verdict: 'pass',
      champion: { name: 'fuel@v1', comparable: true, same: true },
    });
    expect(evaluation.headline).toMatch(/; it is the same model as in production, fuel@v1\.$/);
    const other = judge({ ...input, digests: { model: 'sha256:2' } });
    expect(other.champion).toMatchObject({ comparable: false });
  });

  it('says of a percentage what it is a share of', () => {
    const champion = { name: 'old', predictions: shifted(0.3) };
    const result = judgeGate(worse, { predictions, champion });
    const { value } = judge({ predictions, champion }).metrics[0]!.champion!;
    expect(result.relative).toEqual({ bound: 0.02, of: value });
    expect(result.bound).toBeCloseTo(0.02 * value!, 12);
    expect(judgeGate(better, { predictions, champion })).not.toHaveProperty('relative');
  });

  it('takes a percentage of the champion’s own value in each resample', () => {
    // Twice the error of the champion in every row: rmse is worse by exactly 100 % in every resample.
    const doubled = predictions.predicted.map((value, i) => 2 * value - predictions.actual[i]!);
    const input = {
      predictions: { ...predictions, predicted: doubled },
      champion: { name: 'old', predictions },
    };
    const at = (percent: string) =>
      judgeGate({ metric: 'rmse', champion: { 'worse-by-at-most': percent } }, input);
    expect(at('101%').outcome).toBe('pass');
    expect(at('99%').outcome).toBe('fail');
    const absolute = { metric: 'rmse', champion: { 'worse-by-at-most': at('100%').bound! } };
    expect(judgeGate(absolute, input).outcome).toBe('inconclusive');
    const { bound, measured, low, high } = at('50%');
    expect(measured!).toBeCloseTo(2 * bound!, 10);
    expect(low! - bound!).toBeGreaterThan(0);
    expect(high!).toBeGreaterThan(low!);
  });

  it('knows that of some metrics more is better, and of the bias less of either sign', () => {
    const champion = { name: 'old', predictions: sampleBinary(300, 0.5) };
    const gate = { metric: 'roc-auc', champion: { 'better-by-at-least': 0.01 } };
    expect(judgeGate(gate, { predictions: sampleBinary(300, 4), champion })).toMatchObject({
      outcome: 'pass',
    });
    const bias = { metric: 'mean-bias', champion: { 'better-by-at-least': 0.5 } };
    const high = { name: 'old', predictions: shifted(2) };
    const low = { name: 'old', predictions: shifted(-2) };
    expect(judgeGate(bias, { predictions, champion: high })).toMatchObject({ outcome: 'pass' });
    expect(judgeGate(bias, { predictions, champion: low })).toMatchObject({ outcome: 'pass' });
    expect(judgeGate(bias, { predictions: shifted(-3), champion: high })).toMatchObject({ outcome: 'fail' });
  });

  it('compares on the rows that are unseen by both', () => {
    const rows = Uint32Array.from({ length: 50 }, (_, i) => 4 * i);
    const taken = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    const theirs = {
      task: 'regression',
      actual: taken(predictions.actual),
      predicted: taken(predictions.predicted),
    } as const;
    const { champion, metrics } = judge({
      predictions,
      champion: { name: 'old', predictions: theirs, rows },
    });
    const better = { surely: false, confidence: null };
    expect(champion).toEqual({ name: 'old', rows: 50, comparable: true, better });
    for (const { name, champion: comparison } of metrics) {
      // Of a largest error there is no interval, and so none of a difference.
      const ends = name === 'max-error' ? { low: null, high: null } : { low: 0, high: 0 };
      expect(comparison!.difference).toMatchObject({ value: 0, ...ends });
    }
  });
});

describe('a train gap', () => {
  const gate = (most: number | string) => ({ metric: 'r2', 'train-gap': { 'at-most': most } });
  const train = sampleRegression(500, 0.1, 'train');

  it('is how much worse the test rows are', () => {
    expect(judgeGate(gate(0.2), { predictions, train })).toMatchObject({
      outcome: 'pass',
      kind: 'train-gap',
    });
    expect(judgeGate(gate(0.001), { predictions, train })).toMatchObject({ outcome: 'fail' });
    const rmse = { metric: 'rmse', 'train-gap': { 'at-most': 0.5 } };
    expect(judgeGate(rmse, { predictions, train })).toMatchObject({ outcome: 'fail' });
    expect(judgeGate(rmse, { predictions: train, train: predictions })).toMatchObject({ outcome: 'pass' });
  });

  it('means by a percentage a share of the training value', () => {
    const relative = judgeGate(gate('10%'), { predictions, train });
    const absolute = judgeGate(gate(relative.bound!), { predictions, train });
    expect(relative.bound).toBeCloseTo(0.1 * 0.9996, 4);
    expect(relative.low!).toBeCloseTo(absolute.low!, 12);
    expect(relative.high!).toBeCloseTo(absolute.high!, 12);
    expect(relative.outcome).toBe(absolute.outcome);
  });

  it('is not applicable without training rows', () => {
    expect(judgeGate(gate(0.1), { predictions }).outcome).toBe('not-applicable');
  });
});

describe('a baseline gate', () => {
  const gate = { metric: 'rmse', baseline: { 'better-by-at-least': '30%' } };
  const baseline = { ...predictions, predicted: predictions.predicted.map(() => 20) };

  it('asks for a gain over the naive model', () => {
    expect(judgeGate(gate, { predictions, baseline })).toMatchObject({
      outcome: 'pass',
      declared: 'rmse better than the naive baseline by at least 30%',
    });
    expect(judgeGate(gate, { predictions: baseline, baseline })).toMatchObject({ outcome: 'fail' });
    expect(judgeGate(gate, { predictions })).toMatchObject({ outcome: 'not-applicable' });
  });
});

describe('a gate by slice', () => {
  const codes = Int32Array.from(predictions.actual, (_, i) => (i < 5 ? 2 : i % 2));
  const slices = [
    { name: 'origin', column: { type: 'category', codes, dictionary: ['USA', 'Japan', 'Mars'] } },
  ] as const;

  it('is judged in every slice that has enough rows', () => {
    const validate = sampleValidate({ gates: [{ metric: 'mae', max: 2, slice: 'origin' }] });
    const { gates, slices: judged } = judge({ predictions, slices, validate });
    expect(gates.map((gate) => [gate.slice!.label, gate.outcome])).toEqual([
      ['Japan', 'pass'],
      ['USA', 'pass'],
    ]);
    const mars = judged.filter((slice) => slice.label === 'Mars');
    expect(mars.map(({ metric, rows, judged }) => [metric, rows, judged])).toEqual([
      ['rmse', 5, false],
      ['mae', 5, false],
    ]);
  });

  it('is inconclusive when no slice has enough rows', () => {
    const section = { gates: [{ metric: 'rmse', max: 2, slice: 'origin' }], 'min-slice-rows': 1000 };
    expect(judge({ predictions, slices, validate: sampleValidate(section) }).gates).toMatchObject([
      {
        outcome: 'inconclusive',
        message: 'No slice by origin has at least 1,000 rows, so none can be judged.',
      },
    ]);
  });

  it('names the column that is not there', () => {
    const validate = sampleValidate({ gates: [{ metric: 'rmse', max: 2, slice: 'orign' }] });
    expect(() => judge({ predictions, slices, validate })).toThrow(
      'validate.gates[0].slice: cannot slice by "orign", which is not a column beside the predictions; did you mean origin?; there is origin',
    );
  });
});
