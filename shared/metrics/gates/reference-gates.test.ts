import { describe, expect, it } from 'vitest';
import { judge, judgeGate, sampleRegression, sampleValidate } from '../testing/sample-predictions.ts';

const predictions = sampleRegression();
const champion = { name: 'old', predictions };

describe('a gate is declared in words', () => {
  it.each([
    [
      { metric: 'rmse', champion: { 'worse-by-at-most': '2%' } },
      'champion-worse-by-at-most',
      'rmse worse than the champion by at most 2%',
    ],
    [
      { metric: 'rmse', champion: { 'better-by-at-least': 0.01 } },
      'champion-better-by-at-least',
      'rmse better than the champion by at least 0.01',
    ],
    [
      { metric: 'r2', 'train-gap': { 'at-most': 0.1 } },
      'train-gap',
      'r2 on test rows worse than on training rows by at most 0.1',
    ],
    [{ metric: 'r2', min: 0.5 }, 'min', 'r2 at least 0.5'],
  ])('%j', (gate, kind, declared) => {
    expect(judgeGate(gate, { predictions, champion, train: predictions })).toMatchObject({ kind, declared });
  });
});

describe('a gate that cannot be measured', () => {
  it.each([
    [{ metric: 'rmse', champion: { 'worse-by-at-most': 0.01 } }, 'There is no champion to compare with yet.'],
    [
      { metric: 'rmse', 'train-gap': { 'at-most': 0.01 } },
      'It cannot be measured: there are no predictions of the training rows.',
    ],
    [
      { metric: 'rmse', baseline: { 'better-by-at-least': 0.01 } },
      'There is no naive baseline: it is made from training rows, which are not known here.',
    ],
  ])('%j says what is missing, and its bound where it is known', (gate, message) => {
    const nothing = { measured: null, low: null, high: null, outcome: 'not-applicable', message };
    expect(judgeGate(gate, { predictions })).toMatchObject({ ...nothing, bound: 0.01 });
    const relative = JSON.parse(JSON.stringify(gate).replaceAll('0.01', '"1%"'));
    expect(judgeGate(relative, { predictions })).toMatchObject({ ...nothing, bound: null });
  });

  it('for a metric that is undefined on the training rows is inconclusive', () => {
    const train = { ...predictions, actual: predictions.actual.map(() => 3) };
    expect(
      judgeGate({ metric: 'r2', 'train-gap': { 'at-most': 0.1 } }, { predictions, train }),
    ).toMatchObject({
      outcome: 'inconclusive',
      bound: 0.1,
      measured: null,
      message: 'It cannot be measured: r2 is undefined on the training rows.',
    });
  });

  it('for a metric that is undefined on the judged rows has neither values nor a relative bound', () => {
    const constant = { ...predictions, actual: predictions.actual.map(() => 3) };
    const gate = { metric: 'r2', champion: { 'worse-by-at-most': '2%' } };
    expect(
      judgeGate(gate, { predictions: constant, champion: { name: 'old', predictions: constant } }),
    ).toMatchObject({ outcome: 'inconclusive', bound: null, measured: null, low: null, high: null });
  });
});

describe('a gate by slice', () => {
  const of = (name: string, groups: number) => ({
    name,
    column: {
      type: 'category' as const,
      codes: Int32Array.from(predictions.actual, (_, row) => row % groups),
      dictionary: Array.from({ length: groups }, (_, i) => `${name} ${i}`),
    },
  });

  it('has the values of its own metric in the slices of its own column', () => {
    const gatesOf = (slice: string) => ({ metric: 'mae', max: 2, slice });
    const validate = sampleValidate({ gates: [gatesOf('origin'), gatesOf('maker')] });
    const { gates, slices } = judge({ predictions, slices: [of('maker', 4), of('origin', 2)], validate });
    const own = slices.filter(({ column, metric }) => column === 'origin' && metric === 'mae');
    const first = gates.filter(({ index }) => index === 0);
    expect(first.map(({ slice, measured }) => [slice!.label, measured])).toEqual(
      own.map(({ label, value }) => [label, value]),
    );
    expect(own).toHaveLength(2);
    expect(gates).toHaveLength(2 + 4);
    expect(first[0]!.declared).toBe('mae at most 2 in every slice by origin');
  });
});
