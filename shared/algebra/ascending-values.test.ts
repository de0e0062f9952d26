import { describe, expect, it } from 'vitest';
import { createRandom } from '../platform/random.ts';
import { ascendingValues } from './ascending-values.ts';

const random = createRandom('sorted');
const many = 100_001;

describe('values in ascending order', () => {
  it.each([
    ['of both signs', () => random.normal() * 10 ** random.integer(300)],
    ['of few digits', () => Math.round(random.normal() * 100) / 100],
    ['all below zero', () => -random.next() - 1],
    ['whole and alike in their lower halves', () => random.integer(50)],
    ['all alike', () => 3],
    [
      'with zeros of both signs and infinities',
      () => [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][random.integer(6)]!,
    ],
  ])('%s are those of toSorted', (_, value) => {
    const values = Float64Array.from({ length: many }, value);
    const before = values.slice();
    const sorted = ascendingValues(values);
    // Byte by byte, since -0 equals 0.
    expect(Buffer.from(sorted.buffer).equals(Buffer.from(values.toSorted().buffer))).toBe(true);
    expect(values).toEqual(before);
  });

  it('are sorted where they are few', () => {
    expect(ascendingValues(Float64Array.of(3, -1, 2))).toEqual(Float64Array.of(-1, 2, 3));
    expect(ascendingValues(new Float64Array(0))).toHaveLength(0);
  });
});
