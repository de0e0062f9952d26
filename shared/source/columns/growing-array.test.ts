import { describe, expect, test } from 'vitest';
import { firstCodes, firstFloats, grownCodes, grownFloats } from './growing-array.ts';

describe('an array that grows', () => {
  test('takes at once what is expected', () => {
    expect(grownFloats(new Float64Array(0), 2000, 50_000)).toHaveLength(50_000);
  });

  test.each([
    ['floats', (length: number, needed: number) => grownFloats(new Float64Array(length), needed, needed)],
    ['codes', (length: number, needed: number) => grownCodes(new Int32Array(length), needed, needed)],
  ])('of %s grows by halves where no more is expected than the next block', (_, grown) => {
    let length = 0;
    let copies = 0;
    for (let needed = 4096; needed <= 4_000_000; needed += 4096) {
      const next = grown(length, needed).length;
      if (next > length) copies++;
      length = next;
    }
    // log(4,000,000 / 4,096) / log(1.5) is 17; block by block it would be 976.
    expect(copies).toBeLessThanOrEqual(18);
  });

  test('keeps its items, and gives up the room that it does not need', () => {
    expect([...grownFloats(Float64Array.of(1, 2), 3, 4).subarray(0, 4)]).toEqual([1, 2, 0, 0]);
    expect([...firstFloats(Float64Array.of(1, 2, 3), 2)]).toEqual([1, 2]);
    const codes = Int32Array.of(4, 5, 6);
    expect(firstCodes(codes, 3)).toBe(codes);
    expect([...firstCodes(codes, 2)]).toEqual([4, 5]);
    expect(codes).toHaveLength(0);
  });
});
