import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chanceWords,
  declaredNumber,
  formatChance,
  formatEstimate,
  formatInterval,
  formatNumber,
  intervalDecimals,
  plainNumber,
} from './number-format.ts';

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [2.874321, '2.874'],
    [1234567, '1,234,567'],
    [1234.5678, '1,235'],
    [0.000123456, '0.0001235'],
    [0.0000123456, '1.23e-5'],
    [1e-7, '1e-7'],
    [-4.5, '−4.5'],
    [1.5e16, '1.5e16'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [Number.NaN, 'undefined'],
    [null, 'undefined'],
  ])('writes %s as %s', (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });

  test('keeps the asked decimals, signs differences and appends units', () => {
    expect(formatNumber(2, { decimals: 2 })).toBe('2.00');
    expect(formatNumber(0.25, { sign: true })).toBe('+0.25');
    expect(formatNumber(-0.001, { decimals: 2, sign: true })).toBe('0.00');
    expect(formatNumber(3.5, { unit: 'mpg' })).toBe('3.5\u00a0mpg');
    expect(formatNumber(1982, { plain: true })).toBe('1982');
    expect(formatNumber(19820, { plain: true })).toBe('19,820');
  });

  test('is off by at most half of its last digit and never empty', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e14, max: 1e14 }), (value) => {
        const read = Number(formatNumber(value).replaceAll(',', '').replace('−', '-'));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 5.1e-3, 0));
      }),
    );
  });
});

describe('formatEstimate', () => {
  test('gives the decimals that the interval deserves', () => {
    expect(formatEstimate({ value: 2.87432, low: 2.466, high: 3.317 })).toBe('2.87');
    expect(formatEstimate({ value: 0.93124, low: 0.92913, high: 0.93318 })).toBe('0.9312');
    expect(formatEstimate({ value: 12345.6, low: 11800, high: 13000 })).toBe('12,346');
    expect(formatEstimate({ value: 2.87432, low: null, high: null })).toBe('2.874');
    expect(formatEstimate({ value: null, low: null, high: null })).toBe('undefined');
  });

  test('has no opinion on an interval without width', () => {
    expect(intervalDecimals(3, 3)).toBeUndefined();
    expect(intervalDecimals(null, 3)).toBeUndefined();
    expect(intervalDecimals(0, Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});

describe('formatInterval', () => {
  test('gives both ends the same decimals', () => {
    expect(formatInterval(2.4661, 3.3)).toBe('2.47 to 3.30');
    expect(formatInterval(-0.377, -0.048)).toBe('−0.38 to −0.05');
    expect(formatInterval(11800, 13000)).toBe('11,800 to 13,000');
    expect(formatInterval(3, 3)).toBe('3 to 3');
    expect(formatInterval(null, 3)).toBe('undefined');
    expect(formatInterval(2.4, 3.1, { unit: 'mpg' })).toBe('2.40 to 3.10\u00a0mpg');
  });
});

describe('numbers of sentences and records', () => {
  test('a plain number has three significant digits and no separators', () => {
    expect([0, 0.00123456, 1234.5, 123456, 1234567, 0.0000123].map((value) => plainNumber(value))).toEqual([
      '0',
      '0.00123',
      '1230',
      '123000',
      '1.2e+6',
      '1.2e-5',
    ]);
    expect(plainNumber(0.2468, 2)).toBe('0.25');
  });

  test('a declared number keeps every digit', () => {
    expect([4, 0.15, -0.1, 123456.789, 1e21].map(declaredNumber)).toEqual([
      '4',
      '0.15',
      '−0.1',
      '123456.789',
      '1e21',
    ]);
  });

  test('a p-value is never zero', () => {
    expect([0.0312, 0.5, 0.00009, 0].map(formatChance)).toEqual(['0.031', '0.5', '< 0.0001', '< 0.0001']);
    expect([0.0312, 0.00009].map(chanceWords)).toEqual(['0.0312', 'below 0.0001']);
  });
});
