import { describe, expect, it } from 'vitest';
import fixtures from './fixtures/algebra.json' with { type: 'json' };
import { normalCumulative, normalDensity, normalQuantile } from './normal-distribution.ts';

const { normal } = fixtures as unknown as {
  normal: Record<keyof typeof fixtures.normal, [number, number][]>;
};

describe('the normal distribution', () => {
  it.each(normal.cumulative)('Φ(%d) is scipy’s', (x, expected) => {
    expect(Math.abs(normalCumulative(x!) - expected!)).toBeLessThan(1e-15);
  });

  it.each(normal.density)('φ(%d) is scipy’s', (x, expected) => {
    expect(Math.abs(normalDensity(x!) / expected! - 1)).toBeLessThan(1e-14);
  });

  it.each(normal.quantile)('Φ⁻¹(%d) is scipy’s', (p, expected) => {
    expect(normalQuantile(p!)).toBeCloseTo(expected!, p! < 1e-9 ? 4 : 9);
  });

  it('has chances from 0 to 1, far out too', () => {
    for (let x = -9; x <= 9; x += 0.001) {
      const chance = normalCumulative(x);
      expect(chance >= 0 && chance <= 1, `Φ(${x}) is ${chance}`).toBe(true);
    }
  });

  it('has no quantile at 0 and 1', () => {
    expect(() => normalQuantile(0)).toThrow('normal quantile at 0: use a number between 0 and 1');
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});
