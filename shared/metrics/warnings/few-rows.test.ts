import { describe, expect, it } from 'vitest';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { judge, sampleValidate } from '../testing/sample-predictions.ts';
import { fewRowsWarnings } from './few-rows.ts';

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
    const validate = sampleValidate({ gates: [{ metric: 'rmse', max: 100 }] });
    const { verdict, warnings } = judge({ predictions: uneven, validate });
    expect(verdict).toBe('pass');
    expect(warnings!.map(({ kind }) => kind)).toEqual(['few-rows']);
  });
});
