import { describe, expect, it } from 'vitest';
import { validateSchema } from '../config/sections/validate-section.ts';
import type { QualityReport } from '../dataset/quality/quality-report.ts';
import { silentLogger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import { evaluate } from './evaluate.ts';
import { type Evidence, fewRowsWarnings, tooGoodWarnings } from './evaluation-warnings.ts';
import { judgedRows } from './rows/judged-rows.ts';
import type { Predictions } from './rows/predictions.ts';

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

/** Numbers with noise of the given standard deviation beside 1. */
function numbersOff(noise: number, rows = 200, seed = 1): Predictions {
  const random = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => random.normal());
  return { task: 'regression', actual, predicted: actual.map((value) => value + noise * random.normal()) };
}

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

describe('a few rows', () => {
  /** Errors of 1 but for the first few. */
  function errorsOf(rows: number, first: readonly number[]): Predictions {
    const actual = Float64Array.from({ length: rows }, (_, row) => 10 + (row % 7));
    return { task: 'regression', actual, predicted: actual.map((value, row) => value + (first[row] ?? 1)) };
  }

  // 9² + 8² + 7² = 194 of 194 + 97.
  const uneven = errorsOf(100, [9, -8, 7]);

  it('that carry most of the squared error are told, and mae is offered', () => {
    const [warning, ...more] = fewRowsWarnings(judgedRows(uneven), ['mae', 'rmse']);
    expect(more).toEqual([]);
    expect(warning!.kind).toBe('few-rows');
    expect(warning!.message).toContain(
      'Three of 100 rows carry 67% of the squared error (predicted less actual: 9, −8, 7). rmse hangs on them',
    );
    expect(warning!.message).toContain('mae counts every error by its size');
  });

  it.each([
    ['less than 60% of it', errorsOf(100, [9, -5, 3]), ['rmse']],
    ['of hardly more rows', errorsOf(20, [9, -8, 7]), ['rmse']],
    ['where no metric squares errors', uneven, ['mae']],
    ['where there are no errors', errorsOf(100, Array(100).fill(0)), ['rmse']],
  ] as const)('are not %s', (_, predictions, judged) => {
    expect(fewRowsWarnings(judgedRows(predictions), judged)).toEqual([]);
  });

  it('change no gate: the warning stands beside the verdict', () => {
    const validate = validateSchema.parse({ gates: [{ metric: 'rmse', max: 100 }] });
    const input = { pipeline: 'p', task: 'regression', target: 'y', slices: [], validate } as const;
    const { verdict, warnings } = evaluate({ ...input, predictions: uneven }, { logger: silentLogger });
    expect(verdict).toBe('pass');
    expect(warnings!.map(({ kind }) => kind)).toEqual(['few-rows']);
  });
});

describe('a model that is no better than the naive baseline', () => {
  const naive = (count: number): Predictions => {
    const { actual } = numbersOff(1, count) as Extract<Predictions, { task: 'regression' }>;
    const mean = actual.reduce((sum, value) => sum + value, 0) / count;
    return { task: 'regression', actual, predicted: actual.map(() => mean) };
  };
  const judge = (noise: number, primary = 'rmse') =>
    evaluate(
      {
        pipeline: 'p',
        task: 'regression',
        target: 'y',
        predictions: numbersOff(noise, 200),
        baseline: naive(200),
        slices: [],
        validate: validateSchema.parse({ primary, bootstrap: { resamples: 200 } }),
      },
      { logger: silentLogger },
    );

  it('is warned of, whether small or large values are good, with the gate that stops it', () => {
    const { warnings, verdict } = judge(1.5);
    expect(verdict).toBe('pass');
    expect(warnings).toMatchObject([{ kind: 'no-skill' }]);
    expect(warnings![0]!.message).toMatch(
      /^No better than the naive baseline: rmse is 1\.\d+, and 0\.9\d+ of/,
    );
    expect(warnings![0]!.message).toContain('{ metric: rmse, baseline: { better-by-at-least: 0% } }');
    expect(judge(1.5, 'r2').warnings).toMatchObject([{ kind: 'no-skill' }]);
  });

  it('is not one that is better', () => {
    expect(judge(0.5)).not.toHaveProperty('warnings');
    expect(judge(0.5, 'r2')).not.toHaveProperty('warnings');
  });
});

describe('validation rows', () => {
  const judge = (validation: Predictions, test: Predictions) =>
    evaluate(
      {
        pipeline: 'p',
        task: 'regression',
        target: 'y',
        predictions: test,
        validation,
        slices: [],
        validate: validateSchema.parse({ bootstrap: { resamples: 300 } }),
      },
      { logger: silentLogger },
    );

  it('that are far from the test rows are told', () => {
    const { warnings } = judge(numbersOff(0.3, 300), numbersOff(0.9, 300, 2));
    expect(warnings).toMatchObject([{ kind: 'validation-gap' }]);
    expect(warnings![0]!.message).toMatch(/^rmse is 0\.\d+ \(.*\) on the validation rows and 0\.\d+ \(/);
  });

  it('that are alike are not, and the evaluation has no key for it', () => {
    expect(judge(numbersOff(0.5, 300), numbersOff(0.5, 300, 2))).not.toHaveProperty('warnings');
  });
});
