import { describe, expect, it } from 'vitest';
import { allowedValue, badnessOf, gainOf } from './direction.ts';

describe('which way is better', () => {
  it('orders values so that smaller is better', () => {
    const best = (better: 'lower' | 'higher' | 'zero') =>
      [-3, 1, 2].toSorted((a, b) => badnessOf(better, a) - badnessOf(better, b))[0];
    expect(best('lower')).toBe(-3);
    expect(best('higher')).toBe(2);
    expect(best('zero')).toBe(1);
  });

  it('makes a gain positive when the value is better than the reference', () => {
    expect(gainOf('lower')(2, 5)).toBe(3);
    expect(gainOf('higher')(2, 5)).toBe(-3);
    expect(gainOf('zero')(-2, 5)).toBe(3);
  });

  it('draws the line of what is allowed on the bad side of the reference', () => {
    expect(allowedValue('lower', 4, 0.5)).toBe(4.5);
    expect(allowedValue('higher', 0.9, 0.25)).toBe(0.65);
    expect(allowedValue('zero', 1, 0.5)).toBeNull();
    expect(allowedValue('lower', null, 0.5)).toBeNull();
    expect(allowedValue('lower', 4, null)).toBeNull();
  });
});
