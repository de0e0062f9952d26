import { describe, expect, test } from 'vitest';
import type { PredictedColumns } from '../predictor/predictor.ts';
import { conversionWords } from '../report/conversion-words.ts';
import { checkConversion, refuseDisagreement, spreadOf } from './conversion.ts';

const regression = (...predicted: number[]): PredictedColumns => ({
  task: 'regression',
  predicted: Float64Array.from(predicted),
});
const binary = (...second: number[]): PredictedColumns => ({
  task: 'binary',
  classes: ['no', 'yes'],
  predicted: Int32Array.from(second, (p) => Number(p > 0.5)),
  probabilities: Float64Array.from(second.flatMap((p) => [1 - p, p])),
});

describe('a converted model beside what was converted', () => {
  test('differs in numbers relative to the deviation of the target, or to the number where that is larger', () => {
    const { report, worst } = checkConversion(regression(1.0001, 1000.001, 0), regression(1, 1000, 0), {
      spread: 10,
      allowed: 0,
    });
    // 1e-4 / 10 = 1e-5 is at the limit but for rounding; 1e-3 / 1000 = 1e-6.
    expect(report.worst).toBeCloseTo(1e-5, 10);
    expect(report.rows).toBe(3);
    expect(worst).toEqual({ row: 0, converted: 1.0001, own: 1 });
    const strict = checkConversion(regression(1.0001, 1000.001), regression(1, 1000), {
      spread: 1,
      allowed: 0,
    });
    expect(strict.report.beyond).toBe(1);
  });

  test('differs in probabilities as they are', () => {
    const { report, worst } = checkConversion(binary(0.5, 0.25, 0.75), binary(0.5, 0.25 + 2e-5, 0.75), {
      spread: 0,
      allowed: 0.5,
    });
    expect(report).toEqual({
      tolerance: 1e-5,
      rows: 3,
      beyond: 1,
      worst: expect.closeTo(2e-5, 10),
      allowed: 0.5,
    });
    expect(worst).toMatchObject({ row: 1 });
    expect(() => refuseDisagreement({ report, worst }, String)).not.toThrow();
  });

  test('is refused when more rows differ than may, naming the worst', () => {
    const check = checkConversion(regression(1, 2, 3.5, 4), regression(1, 2, 3, 4.1), {
      spread: 1,
      allowed: 0.25,
    });
    expect(() => refuseDisagreement(check, (row) => `r${row}`)).toThrow(
      "on 2 of 4 validation rows (50%) its prediction differs from the command's own by more than 0.00001, and max-disagreement allows 25%. Worst is row r2: model.onnx gives 3.5, the command 3.",
    );
    const classes = checkConversion(binary(0.9), binary(0.2), { spread: 0, allowed: 0 });
    expect(() => refuseDisagreement(classes, (row) => `r${row}`)).toThrow(
      /Worst is row r0: model\.onnx gives 0\.1 for the probability of no, the command 0\.8\./,
    );
  });

  test('does not agree where it gives no number', () => {
    const { report } = checkConversion(regression(1, Number.NaN), regression(1, 2), {
      spread: 1,
      allowed: 0,
    });
    expect(report).toMatchObject({ beyond: 1, worst: null });
  });

  test('is told in a sentence', () => {
    const agreeing = { tolerance: 1e-5, rows: 80, beyond: 0, worst: 3.21e-7, allowed: 0 };
    expect(conversionWords(agreeing)).toBe(
      "model.onnx agrees with the command's own predictions to 1e-5 on all 80 validation rows; the largest difference is 3.2e-7",
    );
    expect(conversionWords({ ...agreeing, worst: 1e-6 })).toMatch(/ is 1(\.0)?e-6$/);
    expect(conversionWords({ ...agreeing, worst: null })).toMatch(/ is not a number$/);
    expect(conversionWords({ ...agreeing, beyond: 2, worst: 1.3, allowed: 0.05 })).toBe(
      "model.onnx differs from the command's own predictions by more than 1e-5 on 2 of 80 validation rows (2.5%; 5% may); the largest difference is 1.3",
    );
  });

  test('is compared on a target that may not vary', () => {
    expect(spreadOf(Float64Array.of(5))).toBe(0);
    expect(spreadOf(Float64Array.of(1, 3))).toBeCloseTo(Math.SQRT2, 12);
    const { report } = checkConversion(regression(0), regression(0), { spread: 0, allowed: 0 });
    expect(report.worst).toBe(0);
  });
});
