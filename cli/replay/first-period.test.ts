import { expect, test } from 'vitest';
import { firstPeriod } from './first-period.ts';

const years = ['1970', '1971', '1972', '1973', '1974', '1975', '1976'];
const months = ['2026-01', '2026-02', '2026-03', '2026-04'];

test.each([
  ['what is asked for', { periods: years, locked: '1972', asked: '1974' }, '1974'],
  ['the end of the lock', { periods: years, locked: '1974', asked: undefined }, '1974'],
  [
    'the month in which the lock ends',
    { periods: months, locked: '2026-03-17', asked: undefined },
    '2026-03',
  ],
  ['a third, of a lock that holds all', { periods: years, locked: '1976', asked: undefined }, '1972'],
  [
    'a third, of a lock to the last day',
    { periods: months, locked: '2026-04-28', asked: undefined },
    '2026-02',
  ],
  ['a third, without a lock', { periods: years, locked: undefined, asked: undefined }, '1972'],
  ['the first of two', { periods: ['1', '2'], locked: '2', asked: undefined }, '1'],
])('a replay begins with %s', (_, given, first) => {
  expect(firstPeriod(given)).toBe(first);
});

test.each([
  [{ periods: years, asked: '1969' }, '--first 1969: the data has no such period; it has 1970, 1971'],
  [
    { periods: years, asked: '1976' },
    '--first 1976, the last period of the data, so that nothing comes after it',
  ],
  [
    { periods: ['2026'], asked: undefined },
    'the data has one period alone, 2026, and replay needs two or more',
  ],
  [{ periods: [], asked: undefined }, 'the data has no period, and replay needs two or more'],
])('says what is wrong with %j', (given, message) => {
  expect(() => firstPeriod({ ...given, locked: undefined })).toThrow(message);
});
