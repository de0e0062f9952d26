import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IntervalMark, intervalMark, scaleEndsOf } from './interval-mark.ts';

function drawn(mark: IntervalMark): string {
  return String(intervalMark(mark) ?? '');
}

describe('intervalMark', () => {
  test('draws value, interval, bound, champion and baseline as different shapes', () => {
    const svg = drawn({
      value: 3,
      low: 2,
      high: 4,
      bound: { at: 5, holds: 'below' },
      champion: 3.5,
      baseline: 6,
    });
    for (const shape of ['point', 'span', 'cap', 'bound', 'zone', 'champion', 'baseline']) {
      expect(svg).toContain(`class="${shape}"`);
    }
  });

  test('shades the side on which the gate holds', () => {
    const left = /class="zone" d="M0 /;
    expect(drawn({ value: 3, low: 2, high: 4, bound: { at: 5, holds: 'below' } })).toMatch(left);
    expect(drawn({ value: 3, low: 2, high: 4, bound: { at: 1, holds: 'above' } })).not.toMatch(left);
    const label = '5.01';
    expect(drawn({ value: 3, low: 2, high: 4, bound: { at: 5.0123, holds: 'below', label } })).toContain(
      '>5.01<',
    );
  });

  test('points with an arrow to a baseline that is far away', () => {
    const svg = drawn({ value: 3, low: 2.9, high: 3.1, baseline: 500 });
    expect(svg).toMatch(/class="baseline" d="M213 /);
  });

  test('draws nothing for an undefined value', () => {
    expect(intervalMark({ value: null, low: null, high: null })).toBeUndefined();
    expect(scaleEndsOf([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])).toBeUndefined();
  });

  test('stays inside its frame and has no NaN, whatever the numbers', () => {
    const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }));
    fc.assert(
      fc.property(
        fc.record({ value: number, low: number, high: number, champion: number, baseline: number }),
        (mark) => {
          const svg = drawn(mark);
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
          for (const [, x] of svg.matchAll(/(?:cx="|d="M)(-?[\d.]+)/g)) {
            expect(Number(x)).toBeGreaterThanOrEqual(0);
            expect(Number(x)).toBeLessThanOrEqual(220);
          }
        },
      ),
    );
  });
});
