import { describe, expect, test } from 'vitest';
import { weeklyPatternOf } from './weekly-words.ts';

describe('a weekly pattern in words', () => {
  test('is a warning where the window is no whole number of weeks', () => {
    expect(weeklyPatternOf(['visits'], 31)?.warning).toBe(
      'the window is 31 days long, no whole number of weeks, and 1 column has a weekly pattern (visits): a weekday more or less can look like drift. Take whole weeks',
    );
    expect(weeklyPatternOf(['a', 'b', 'c', 'd', 'e', 'f'], 1)?.warning).toContain(
      'the window is one day long, no whole number of weeks, and 6 columns have a weekly pattern (a, b, c, d, e and 1 more)',
    );
  });

  test('is none for whole weeks, for windows so long that a day makes no difference, and without a pattern', () => {
    expect(weeklyPatternOf(['visits'], 28)).toEqual({ columns: ['visits'], level: 0.01, days: 28 });
    expect(weeklyPatternOf(['visits'], 59)).not.toHaveProperty('warning');
    expect(weeklyPatternOf(['visits'], undefined)).toEqual({ columns: ['visits'], level: 0.01 });
    expect(weeklyPatternOf([], 31)).toBeUndefined();
  });
});
