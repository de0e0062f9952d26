import fc from 'fast-check';
import type { BoostingOptions } from '../boost.ts';
import type { TreeColumn } from '../tree-columns.ts';

/** Boosting without any restraint, for tests that say what they restrain. */
export const freely: BoostingOptions = {
  rounds: 10,
  learningRate: 0.3,
  leaves: 8,
  depth: 100,
  minimumRows: 1,
  minimumGain: 0,
  l2: 0,
  smoothing: 0,
  rowShare: 1,
  columnShare: 1,
  patience: 1000,
};

/** Columns of numbers (ties among them) and categories, with missing values, and a target. */
export interface RandomTable {
  readonly rows: number;
  readonly columns: readonly TreeColumn[];
  readonly targets: Float64Array;
}

/** @param most rows at most. */
export function randomTables(most: number, least = 2): fc.Arbitrary<RandomTable> {
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -4, max: 4 }) },
    { weight: 3, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  return fc.integer({ min: least, max: most }).chain((rows) => {
    const numbers = fc
      .array(value, { minLength: rows, maxLength: rows })
      .map((values): TreeColumn => ({ kind: 'number', values: Float64Array.from(values) }));
    const categories = fc
      .array(fc.integer({ min: -1, max: 3 }), { minLength: rows, maxLength: rows })
      .map((codes): TreeColumn => ({ kind: 'category', codes: Int32Array.from(codes), levels: 4 }));
    const targets = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: rows, maxLength: rows });
    const columns = fc.array(fc.oneof(numbers, categories), { minLength: 1, maxLength: 4 });
    return fc.record({
      rows: fc.constant(rows),
      columns,
      targets: targets.map((values) => Float64Array.from(values)),
    });
  });
}
