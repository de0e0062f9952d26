import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaleOf, spanAround, ticksOf } from './chart-scale.ts';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('a chart’s scale', () => {
  test('has a few round ticks, all within the span, at equal distances', () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (low, width) => {
        const span = [low, low + width] as const;
        const ticks = ticksOf(span, 4);
        expect(ticks.length).toBeGreaterThanOrEqual(1);
        expect(ticks.length).toBeLessThanOrEqual(9);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low - 1e-5);
          expect(tick).toBeLessThanOrEqual(low + width * (1 + 1e-9) + 1e-5);
        }
      }),
    );
    expect(ticksOf([0, 1], 3)).toEqual([0, 0.5, 1]);
    expect(ticksOf([6.1, 29.9], 3)).toEqual([10, 20]);
  });

  test('has room around numbers, around a single one too, and none around nothing', () => {
    expect(spanAround([1, 3], 0.5)).toEqual([0, 4]);
    expect(spanAround([20])).toEqual([18, 22]);
    expect(spanAround([0])).toEqual([-0.5, 0.5]);
    expect(spanAround([Number.NaN])).toBeUndefined();
  });

  test('maps the ends of the span to the ends of its places', () => {
    const place = scaleOf([10, 20], [100, 0]);
    expect([place(10), place(15), place(20)]).toEqual([100, 50, 0]);
  });
});
