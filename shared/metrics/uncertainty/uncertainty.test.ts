import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { judgedRows, type RegressionRows } from '../rows/judged-rows.ts';
import { uncertaintyOf } from './uncertainty.ts';

/** Predictions of zero, so that the actual values are the residuals. */
function residuals(values: ArrayLike<number>): RegressionRows {
  const actual = Float64Array.from(values);
  const rows = judgedRows({ task: 'regression', actual, predicted: new Float64Array(actual.length) });
  if (rows.task !== 'regression') throw new TypeError(rows.task);
  return rows;
}

const widths = (values: ArrayLike<number>): (number | null)[] =>
  uncertaintyOf(residuals(values)).intervals.map(({ halfWidth }) => halfWidth);

describe('split-conformal half-widths', () => {
  test('are the ⌈(n + 1) · level⌉-th smallest sizes of the residuals', () => {
    // Of 19: the 10th, 16th, 18th and 19th; signs and order do not matter.
    const values = Array.from({ length: 19 }, (_, i) => (i % 2 ? 1 : -1) * (((i * 7) % 19) + 1));
    expect(uncertaintyOf(residuals(values))).toEqual({
      rows: 19,
      intervals: [
        { level: 0.5, halfWidth: 10 },
        { level: 0.8, halfWidth: 16 },
        { level: 0.9, halfWidth: 18 },
        { level: 0.95, halfWidth: 19 },
      ],
    });
  });

  test('are null where the rows are too few to promise the level', () => {
    expect(widths([3])).toEqual([3, null, null, null]);
    // ⌈9 · 0.9⌉ = 9 > 8; of nine rows ⌈10 · 0.9⌉ = 9 is the largest.
    expect(widths([1, 2, 3, 4, 5, 6, 7, 8])).toEqual([5, 8, null, null]);
    expect(widths([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([5, 8, 9, null]);
    expect(widths(Array.from({ length: 18 }, (_, i) => i + 1)).at(-1)).toBeNull();
  });

  test('hold the truth of new rows as often as promised, of skewed errors too', () => {
    const random = createRandom('conformal');
    const error = (): number => Math.exp(random.normal()) - 1.2;
    const held = [0, 0, 0, 0];
    const runs = 4000;
    for (let run = 0; run < runs; run++) {
      const { intervals } = uncertaintyOf(residuals(Array.from({ length: 39 }, error)));
      const next = Math.abs(error());
      for (const [i, { halfWidth }] of intervals.entries()) if (next <= halfWidth!) held[i]!++;
    }
    // Exactly 20, 32, 36 and 38 of 40 by theory; four standard errors of 4000 runs are at most 0.032.
    for (const [i, level] of [0.5, 0.8, 0.9, 0.95].entries()) {
      expect(Math.abs(held[i]! / runs - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / runs));
    }
  });

  test('never shrink with the level, and hold at least that share of the rows they come from', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, (sample) => {
        let before = 0;
        for (const { level, halfWidth } of uncertaintyOf(residuals(sample)).intervals) {
          const width = halfWidth ?? Number.POSITIVE_INFINITY;
          expect(width).toBeGreaterThanOrEqual(before);
          const held = sample.filter((value) => Math.abs(value) <= width).length;
          expect(held / sample.length).toBeGreaterThanOrEqual(level);
          before = width;
        }
      }),
    );
  });
});
