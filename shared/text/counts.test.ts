import { expect, test } from 'vitest';
import { byCount, counted, formatCount } from './counts.ts';

test('counts have separators and their noun agrees', () => {
  expect(formatCount(3000000)).toBe('3,000,000');
  expect([0, 1, 2, 12345].map((count) => counted(count, 'row'))).toEqual([
    '0 rows',
    '1 row',
    '2 rows',
    '12,345 rows',
  ]);
  expect(counted(2, 'try', 'tries')).toBe('2 tries');
});

test('a verb agrees with its count', () => {
  expect([0, 1, 2].map((count) => byCount(count, 'is', 'are'))).toEqual(['are', 'is', 'are']);
});
