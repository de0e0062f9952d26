import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundText,
  chanceWords,
  declaredNumber,
  formatChance,
  formatEstimate,
  formatInterval,
  formatNumber,
  intervalDecimals,
  plainNumber,
  shortNumber,
  typedNumber,
} from './number-format.ts';
import { settingText } from './setting-text.ts';

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

describe('numbers of a million and more', () => {
  test('an estimate and its interval have zeros where their digits would be noise', () => {
    const [low, high] = [923_053_599, 1_126_573_752];
    expect(formatEstimate({ value: 993_357_976.4, low, high })).toBe('993,000,000');
    expect(formatInterval(low, high)).toBe('923,000,000 to 1,127,000,000');
    expect(formatInterval(-144_854_804, 70_208_133)).toBe('−144,900,000 to 70,200,000');
    expect(formatEstimate({ value: 991_889.4, low: 880_000, high: 999_999 })).toBe('991,889');
  });

  test('what was computed has its significant digits, a whole number without wanted digits all of its own', () => {
    expect(formatNumber(3_192_383_938.25)).toBe('3,192,000,000');
    expect(formatNumber(522_336_985_732, { digits: 6 })).toBe('522,337,000,000');
    expect(formatNumber(3_192_383_938)).toBe('3,192,383,938');
    expect(formatNumber(999_999.5, { digits: 3 })).toBe('1,000,000');
  });

  test('have a letter where there is little room', () => {
    expect([8e9, 1.1e9, 12_500_000, -1_254_000, 3e12, 250_000, 0, 2e-10].map(shortNumber)).toEqual([
      ...['8B', '1.1B', '12.5M', '−1.25M', '3T'],
      ...['250,000', '0', '2e-10'],
    ]);
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
  test('a number of a sentence has three significant digits, its thousands apart as everywhere', () => {
    expect([0, 0.00123456, 1234.5, 123456, 1234567, 0.0000123].map((value) => plainNumber(value))).toEqual([
      '0',
      '0.00123',
      '1,230',
      '123,000',
      '1,230,000',
      '1.23e-5',
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

  test('a bound has its thousands apart, as what is measured has', () => {
    expect([4, 0.12345, -1234.5678, 2700, 1_234_567, 1e-5, 1e21].map(boundText)).toEqual([
      '4',
      '0.12345',
      '−1,234.5678',
      '2,700',
      '1,234,567',
      '1e-5',
      '1e21',
    ]);
  });

  test('a p-value is never zero', () => {
    expect([0.0312, 0.5, 0.00009, 0].map(formatChance)).toEqual(['0.031', '0.5', '< 0.0001', '< 0.0001']);
    expect([0.0312, 0.00009].map(chanceWords)).toEqual(['0.0312', 'below 0.0001']);
  });
});

describe('every number for people', () => {
  const small = 2.86102294921875e-6;
  /** All sizes alike often, and whole numbers. */
  const numbers = fc.oneof(
    fc
      .tuple(fc.double({ min: 1, max: 10, noNaN: true }), fc.integer({ min: -300, max: 14 }), fc.boolean())
      .map(([mantissa, exponent, negative]) => (negative ? -1 : 1) * mantissa * 10 ** exponent),
    fc.integer({ min: -999_999_999, max: 999_999_999 }),
  );
  const significantDigits = (text: string): number =>
    text
      .replace(/e.*$/, '')
      .replace(/[^\d.]/g, '')
      .replace(/^0*\.?0*/, '')
      .replace('.', '').length;

  test.each([
    ['formatNumber', formatNumber(small), '2.86e-6'],
    ['plainNumber', plainNumber(small), '2.86e-6'],
    ['typedNumber', typedNumber(small), '2.8610229e-6'],
    ['declaredNumber', declaredNumber(0.00001), '1e-5'],
    ['settingText', settingText({ l2: small, layers: [64, 32] }), '{l2: 2.86e-6, layers: [64, 32]}'],
    ['settingText of whole numbers and texts', `${settingText(2000)} ${settingText('auto')}`, '2000 auto'],
    ['plainNumber of large numbers', plainNumber(-1234567.8), '−1,230,000'],
  ])('has no row of zeros: %s', (_, text, expected) => {
    expect(text).toBe(expected);
  });

  test.each([
    ['formatNumber', (value: number) => formatNumber(value), 4, 3],
    ['plainNumber', (value: number) => plainNumber(value), 3, 2],
    ['typedNumber', typedNumber, 8, 7],
    ['settingText', (value: number) => settingText(value), 4, 2],
  ] as const)(
    '%s keeps sign and size, in few digits and without long decimals',
    (_, write, digits, right) => {
      fc.assert(
        fc.property(numbers, (value) => {
          const text = write(value);
          const read = Number(text.replaceAll(',', '').replace('−', '-'));
          expect(Math.sign(read)).toBe(Math.sign(value));
          expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 0.51 * 10 ** (1 - right));
          expect(text).not.toMatch(/0\.0000/);
          if (text.includes('.')) expect(significantDigits(text)).toBeLessThanOrEqual(digits);
        }),
      );
    },
  );
});
