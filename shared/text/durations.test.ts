import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, hour, minute, second, week } from '../platform/time-lengths.ts';
import { declaredDuration, durationWords, formatElapsed, parseDuration } from './durations.ts';

test('a declared length of time is read in its unit, and nothing else is one', () => {
  expect(['7d', ' 12 h ', '2w', '30m', '1.5h'].map(parseDuration)).toEqual([
    7 * day,
    12 * hour,
    2 * week,
    30 * minute,
    90 * minute,
  ]);
  expect(['7', 'd', '7 days', '-1d', '5s'].map(parseDuration)).toEqual(Array(5).fill(undefined));
});

test('a length of time is declared in the largest unit that holds it whole, and reads back', () => {
  expect([2 * week, 8 * day, 36 * hour, 90 * minute].map(declaredDuration)).toEqual([
    '2w',
    '8d',
    '36h',
    '90m',
  ]);
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), (minutes) => {
      expect(parseDuration(declaredDuration(minutes * minute))).toBe(minutes * minute);
    }),
  );
});

test('a sentence says the largest unit that fits', () => {
  expect([7 * day, day, 90 * minute, minute, 30 * second, second].map(durationWords)).toEqual([
    '7 days',
    '1 day',
    '2 hours',
    '1 minute',
    '30 seconds',
    '1 second',
  ]);
});

test('how long something took is short', () => {
  expect([0, 420, 9940, 9960, 59_400, 59_600, 185_000].map(formatElapsed)).toEqual([
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '3 min 5 s',
  ]);
});
