import { describe, expect, test } from 'vitest';
import type { RowCurve } from './row-curve-report.ts';
import { rowCurveMethod, rowCurveWords } from './row-curve-words.ts';

const curve = (verdict: RowCurve['verdict'], lower: number, interval: [number, number]): RowCurve => ({
  ...{ metric: 'rmse', of: ['boosted-trees', 'linear'], judged: 6044, verdict },
  points: [
    { rows: 2261, models: 4, loss: 31 },
    { rows: 4523, models: 2, loss: 30 },
    { rows: 9046, models: 1, loss: 29.5 },
    { rows: 18_091, models: 1, loss: 29.2 },
  ],
  twice: { lower, interval, confidence: 0.95 },
});

describe('words of a learning curve', () => {
  test('say by how much twice the rows would lower the loss', () => {
    expect(rowCurveWords(curve('helps', 0.012, [0.004, 0.02]))).toBe(
      'twice the training rows would lower rmse by about 1.2% (0.4% to 2%)',
    );
  });

  test('say that more rows would hardly help, or not at all', () => {
    expect(rowCurveWords(curve('hardly', 0.003, [0.001, 0.0062]))).toBe(
      'more rows would hardly help: twice the training rows would lower rmse by 0.6% at most',
    );
    expect(rowCurveWords(curve('hardly', 0.0001, [0, 0.0006]))).toBe(
      'more rows would hardly help: twice the training rows would lower rmse by less than 0.1%',
    );
    expect(rowCurveWords(curve('hardly', -0.01, [-0.02, -0.001]))).toBe(
      'more rows would not help: twice the training rows would not lower rmse',
    );
  });

  test('say where nothing can be told', () => {
    expect(rowCurveWords(curve('open', 0.01, [-0.005, 0.02]))).toBe(
      'whether more rows would help cannot be told: twice the training rows would lower rmse by −0.5% to 2%',
    );
  });

  test('say how it was measured', () => {
    expect(rowCurveMethod(curve('helps', 0.012, [0.004, 0.02]))).toBe(
      'Measured by boosted-trees and linear, trained on 2,261, 4,523, 9,046 and 18,091 rows and judged on the same 6,044; the gain is that of the nearest power law, one doubling further, with its 95% interval',
    );
  });
});
