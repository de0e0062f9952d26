import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curveParts, eighthsOf } from './row-parts.ts';
import type { Targets } from './targets.ts';

const numbers = (rows: number): Targets => ({ kind: 'numbers', values: new Float64Array(rows) });
const classes = (codes: readonly number[]): Targets => ({
  kind: 'classes',
  classes: ['a', 'b'],
  codes: Int32Array.from(codes),
});

describe('eighths of the training rows', () => {
  test('are as large as each other, of each class', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 200, maxLength: 600 }),
        fc.nat(),
        (codes, seed) => {
          const words = Uint32Array.from(codes, (_, row) => row * 2_654_435_761);
          const eighths = eighthsOf(words, classes(codes), seed);
          for (const code of [0, 1]) {
            const own = codes.flatMap((one, row) => (one === code ? [eighths[row]!] : []));
            const counts = Array.from(
              { length: 8 },
              (_, eighth) => own.filter((one) => one === eighth).length,
            );
            if (own.length >= 8) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  test('are those of a row’s key, in whatever order rows come', () => {
    const words = Uint32Array.from({ length: 1000 }, (_, row) => row * 40_503);
    const straight = eighthsOf(words, numbers(1000), 7);
    const reversed = eighthsOf(words.toReversed(), numbers(1000), 7);
    expect([...reversed].reverse()).toEqual([...straight]);
    expect([...eighthsOf(words, numbers(1000), 8)]).not.toEqual([...straight]);
  });

  test('hold rows of one key together', () => {
    const words = Uint32Array.from({ length: 1000 }, (_, row) => Math.floor(row / 4) * 40_503);
    const eighths = eighthsOf(words, numbers(1000), 7);
    for (let row = 0; row < 1000; row++) expect(eighths[row]).toBe(eighths[row - (row % 4)]);
  });

  test('are nested: each part of models holds those of the smaller ones', () => {
    for (const [larger, smaller] of [
      [curveParts[1]!, curveParts[0]!],
      [curveParts[2]!, curveParts[1]!],
    ] as const) {
      for (const part of smaller) {
        expect(larger.some((whole) => part.every((eighth) => whole.includes(eighth)))).toBe(true);
      }
    }
  });
});
