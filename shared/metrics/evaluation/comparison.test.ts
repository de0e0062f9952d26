import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonWords, measuredWords } from './comparison.ts';
import type { GateResult } from './gate-result.ts';

const gate: GateResult = {
  index: 0,
  metric: 'rmse',
  kind: 'champion-worse-by-at-most',
  declared: 'rmse worse than the champion by at most 2%',
  bound: 0.0617,
  measured: -1.35,
  low: -1.9,
  high: -0.8,
  outcome: 'pass',
  message: 'No part of the interval lies above the bound.',
};

describe('a comparison', () => {
  it('has one sign, which is its word', () => {
    expect(comparisonWords({ value: 0.21, low: 0.05, high: 0.38 })).toEqual({
      direction: 'better by',
      size: '0.21',
      interval: '0.05 to 0.38',
    });
    expect(comparisonWords({ value: -0.3, low: -0.4, high: -0.2 })).toEqual({
      direction: 'worse by',
      size: '0.30',
      interval: '0.20 to 0.40',
    });
    expect(comparisonWords({ value: 0.05, low: -0.12, high: 0.21 })?.interval).toBe(
      '0.12 worse to 0.21 better',
    );
    expect(comparisonWords({ value: 0, low: null, high: null })).toMatchObject({
      direction: 'no different:',
    });
    expect(comparisonWords({ value: null, low: null, high: null })).toBeUndefined();
  });

  it('never has a minus', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (...numbers) => {
        const [low, value, high] = numbers.toSorted((a, b) => a - b) as [number, number, number];
        const { size, interval } = comparisonWords({ value, low, high })!;
        expect(`${size} ${interval}`).not.toMatch(/(^| )[-−]/);
      }),
    );
  });
});

describe('what a gate measured', () => {
  it('is better or worse, in the bound’s unit', () => {
    expect(measuredWords(gate)).toMatchObject({
      direction: 'better by',
      size: '1.35',
      interval: '0.80 to 1.90',
    });
    expect(measuredWords({ ...gate, relative: { bound: 0.02, of: 3.085 } })).toEqual({
      direction: 'better by',
      size: '44%',
      interval: '26% to 62%',
      relative: true,
    });
    const better = { ...gate, kind: 'baseline-better-by-at-least' } as const;
    expect(measuredWords(better)).toMatchObject({ direction: 'worse by', size: '1.35' });
  });

  it('is never better by more than 100%, nor by more than the metric can grow', () => {
    // The recipe of sensors: mae 3.38 beside a baseline of 14.6 whose interval is wide, as pumps are few.
    const error: GateResult = {
      ...gate,
      metric: 'mae',
      kind: 'baseline-better-by-at-least',
      bound: 4.38,
      measured: 11.2,
      low: 7.6,
      high: 14.75,
      relative: { bound: 0.3, of: 14.6 },
    };
    expect(measuredWords(error)).toMatchObject({ size: '77%', interval: '52% to 100%' });
    const area = { ...error, metric: 'roc-auc', measured: 0.1, low: -0.02, high: 0.25 };
    expect(measuredWords({ ...area, relative: { bound: 0.05, of: 0.8 } })).toMatchObject({
      interval: '2.5% worse to 25% better',
    });
  });

  it('is the metric itself where the bound is one on the metric, minus and all', () => {
    const bound: GateResult = { ...gate, metric: 'mean-bias', kind: 'max', measured: -1.35 };
    expect(measuredWords(bound)).toEqual({
      direction: '',
      size: '−1.35',
      interval: '−1.90 to −0.80',
      relative: false,
    });
    expect(measuredWords({ ...gate, measured: null })).toBeUndefined();
  });

  it('is an amount where the reference is zero, of which nothing is a share', () => {
    expect(measuredWords({ ...gate, relative: { bound: 0.02, of: 0 } })).toMatchObject({ size: '1.35' });
  });
});
