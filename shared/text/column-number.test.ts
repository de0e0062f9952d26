import { expect, test } from 'vitest';
import { columnNumber } from './column-number.ts';

test('thousands are apart in a column of numbers, whatever their size', () => {
  const among = [-2100, 22_000];
  expect([-2100, 2200, 22_000, 0.5].map((value) => columnNumber(value, { among }))).toEqual([
    ...['−2,100', '2,200', '22,000', '0.5'],
  ]);
});

test('years are years: whole numbers of some centuries and of no unit, all that are known of the column', () => {
  expect(columnNumber(1976, { among: [1901, 2023] })).toBe('1976');
  expect(columnNumber(1976, { among: [1901, 2023], unit: 'kg' })).toBe('1,976');
  expect(columnNumber(1976, { among: [1901, 2023.5] })).toBe('1,976');
  expect(columnNumber(1976, { among: [190, 2023] })).toBe('1,976');
  expect(columnNumber(2996, { among: [2996, 3002] })).toBe('2,996');
});
