import { describe, expect, it } from 'vitest';
import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { numbersOff } from '../testing/sample-predictions.ts';
import { type Evidence, tooGoodWarnings } from './too-good.ts';

const quality: QualityReport = {
  version: 2,
  rows: { read: 9, dropped: 0, kept: 9, train: 3, validation: 3, test: 3 },
  columns: [],
  changes: [],
  correlations: { rows: 3, features: 0, compared: 0, nearDuplicates: 0, pairs: [] },
  checks: [],
  status: 'pass',
};
const evidence: Evidence = {
  importance: [
    { feature: 'registered', mean: 140 },
    { feature: 'casual', mean: 40 },
    { feature: 'temp', mean: 0.5 },
    { feature: 'hum', mean: 0 },
  ],
  quality,
};

function labels(wrong: number, others: number, rows = 200): Predictions {
  const actual = Int32Array.from({ length: rows }, (_, row) => (row < others ? 1 : 0));
  const predicted = actual.map((code, row) => (row < wrong ? 1 - code : code));
  return { task: 'binary', classes: ['no', 'yes'], actual, predicted };
}

const warningsOf = (predictions: Predictions, known = evidence) =>
  tooGoodWarnings(judgedRows(predictions), 'bikers', known);

describe('a result that is too good', () => {
  it('is warned of, with the columns that give it and what to look for', () => {
    const [warning] = warningsOf(numbersOff(0.001));
    expect(warning).toMatchObject({ kind: 'too-good', columns: ['registered', 'casual'] });
    expect(warning!.message).toContain('registered, casual give nearly all of it');
    expect(warning!.message).toContain('parts of bikers');
  });

  it('names the leaks and parts of the target that prepare found', () => {
    const parts = { kind: 'parts-of-target' as const, message: 'casual + registered is bikers' };
    const check = { check: 'leakage', column: 'late', status: 'warn' as const, measured: 1, allowed: 0.99 };
    const known = {
      ...evidence,
      quality: { ...quality, remarks: [parts], checks: [{ ...check, message: '' }] },
    };
    const [warning] = warningsOf(numbersOff(0.001), known);
    expect(warning!.columns).toEqual(['registered', 'casual', 'late']);
    expect(warning!.message).toContain('casual + registered is bikers');
  });

  it('is very good by two columns, or perfect by any; very good by many is honest work', () => {
    const many = { quality, importance: ['a', 'b', 'c', 'd', 'e'].map((feature) => ({ feature, mean: 1 })) };
    expect(warningsOf(numbersOff(0.1))).toHaveLength(1);
    expect(warningsOf(numbersOff(0.1), many)).toEqual([]);
    expect(warningsOf(numbersOff(0.01), many)).toHaveLength(1);
    expect(warningsOf(numbersOff(0.5))).toEqual([]);
  });

  it('of labels is one that few rows or one frequent label do not explain', () => {
    expect(warningsOf(labels(0, 90))).toHaveLength(1);
    expect(warningsOf(labels(0, 5))).toEqual([]);
    expect(warningsOf(labels(0, 20, 40))).toEqual([]);
    expect(warningsOf(labels(20, 90))).toEqual([]);
  });
});
