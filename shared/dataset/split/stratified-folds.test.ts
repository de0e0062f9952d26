import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { foldPlan } from './fold-plan.ts';
import { stratifiedFolds } from './stratified-folds.ts';

const seeds = fc.nat({ max: 1000 });
const counts = fc.integer({ min: 3, max: 10 });
const singles = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row * 2654435761);

/** How many rows of each fold there are of those wanted. */
function countsOf(folds: Uint8Array, count: number, wanted: (row: number) => boolean = () => true): number[] {
  const found = new Array<number>(count).fill(0);
  for (const [row, fold] of folds.entries()) if (wanted(row)) found[fold]!++;
  return found;
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

describe('stratified folds', () => {
  test('each has its share of every class and of all rows, but for one row', () => {
    const classes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(classes, seeds, counts, (labels, seed, count) => {
        const codes = Int32Array.from(labels);
        const target = { kind: 'classes', codes } as const;
        const folds = stratifiedFolds({ words: singles(codes.length), seed, target }, count);
        expect(spread(countsOf(folds, count))).toBeLessThanOrEqual(1);
        for (const code of new Set(labels)) {
          expect(spread(countsOf(folds, count, (row) => codes[row] === code))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('each has one row of every stretch of the sorted target', () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 120,
    });
    fc.assert(
      fc.property(numbers, seeds, counts, (targets, seed, count) => {
        const values = Float64Array.from(targets);
        const folds = stratifiedFolds(
          { words: singles(values.length), seed, target: { kind: 'numbers', values } },
          count,
        );
        expect(spread(countsOf(folds, count))).toBeLessThanOrEqual(1);
        for (const bound of values) {
          // Of the rows up to any number, as many in each fold, but for what a block that the number cuts holds.
          expect(spread(countsOf(folds, count, (row) => values[row]! <= bound))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('two rows of a class are where no model misses both', () => {
    const codes = Int32Array.from({ length: 60 }, (_, row) => (row < 6 ? 1 + Math.floor(row / 2) : 0));
    for (let seed = 0; seed < 50; seed++) {
      const folds = stratifiedFolds({ words: singles(60), seed, target: { kind: 'classes', codes } }, 5);
      for (const { train } of foldPlan(folds, 5)) {
        expect(new Set(Array.from(train, (row) => codes[row])).size).toBe(4);
      }
    }
  });

  test('whole groups are spread so that each fold has about its share of rows and of a rare class', () => {
    const random = createRandom(5);
    // 60 customers of 1 to 12 rows; one in six of them churns in all of theirs.
    const sizes = Array.from({ length: 60 }, () => 1 + random.integer(12));
    const words = Uint32Array.from(
      sizes.flatMap((size, group) => Array<number>(size).fill(group * 2654435761)),
    );
    const codes = Int32Array.from(
      sizes.flatMap((size, group) => Array<number>(size).fill(group % 6 === 0 ? 1 : 0)),
    );
    for (let seed = 0; seed < 20; seed++) {
      const folds = stratifiedFolds({ words, seed, target: { kind: 'classes', codes } }, 5);
      const ofGroup = new Map<number, Set<number>>();
      for (const [row, word] of words.entries())
        ofGroup.set(word, (ofGroup.get(word) ?? new Set()).add(folds[row]!));
      expect([...ofGroup.values()].every((own) => own.size === 1)).toBe(true);
      expect(spread(countsOf(folds, 5))).toBeLessThanOrEqual(12);
      expect(spread(countsOf(folds, 5, (row) => codes[row] === 1))).toBeLessThanOrEqual(12);
    }
  });

  test('rows of groups have their share of the sorted target, too', () => {
    const random = createRandom(8);
    const words = Uint32Array.from({ length: 400 }, (_, row) => Math.floor(row / 4) * 2654435761);
    const values = Float64Array.from(words, (_, row) => Math.floor(row / 40) + random.normal() / 4);
    const means = Array.from({ length: 5 }, (_, fold) => {
      const folds = stratifiedFolds({ words, seed: 3, target: { kind: 'numbers', values } }, 5);
      const own = [...values].filter((_, row) => folds[row] === fold);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    });
    // Of 20 groups at random the mean has a deviation of 2.9 / √20 = 0.64.
    expect(spread(means)).toBeLessThan(0.2);
  });

  test('another seed puts rows into other folds, the same one into the same', () => {
    const values = Float64Array.from({ length: 100 }, (_, row) => row);
    const of = (seed: number) =>
      stratifiedFolds({ words: singles(100), seed, target: { kind: 'numbers', values } }, 5);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });
});
