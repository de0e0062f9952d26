import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquared, withRareTogether } from '../hypothesis-tests/chi-squared.ts';
import { cellsOf } from '../testing/pairs.ts';
import { rowsOf } from './cell-pair.ts';

const counts = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 30 });

describe('rare cells together', () => {
  it('keep all rows and leave no cell with fewer than expected, where there are rows enough', () => {
    fc.assert(
      fc.property(counts, (cells) => {
        const pair = cellsOf(
          [5, ...cells.map(([reference]) => reference)],
          [5, ...cells.map(([, current]) => current)],
        );
        const merged = withRareTogether(pair, 5);
        expect(rowsOf(merged)).toEqual(rowsOf(pair));
        const { leastExpected, degrees } = chiSquared(merged);
        if (degrees > 0) expect(leastExpected).toBeGreaterThanOrEqual(5 - 1e-9);
      }),
    );
  });

  it('change nothing where every cell has enough', () => {
    const pair = cellsOf([30, 20, 50], [20, 30, 50]);
    expect(chiSquared(withRareTogether(pair, 5)).value).toBeCloseTo(chiSquared(pair).value, 12);
  });

  it('go by pooled counts: which are rare does not depend on who is in which sample', () => {
    const merged = withRareTogether(cellsOf([100, 100, 3, 0, 4], [100, 100, 0, 3, 4]), 5);
    expect([...merged.reference.toSorted()]).toEqual([7, 100, 100]);
    expect([...merged.current.toSorted()]).toEqual([7, 100, 100]);
  });
});
