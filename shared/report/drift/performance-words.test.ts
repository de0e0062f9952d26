import { describe, expect, test } from 'vitest';
import { samplePerformance } from '../testing/sample-drift.ts';
import { judgementWords } from './performance-words.ts';

const measured = samplePerformance({
  reference: { value: 3.6, low: 2.2, high: 4.8 },
  current: { value: 5.4, low: 4.2, high: 7.1 },
  worse: { value: 1.8, low: 0, high: 4 },
  'worse-relative': { value: 0.5, low: -0.01, high: 1.66 },
  limit: 0.36,
  'limit-relative': 0.1,
  degraded: false,
});

describe('whether the model got worse', () => {
  test('is not clear where the evaluation might have been as bad, and that is said', () => {
    expect(judgementWords(measured)).toBe(
      'Inconclusive, because the evaluation is uncertain too: the change is 50% (−1% to 166%) (alarm threshold 10%).',
    );
  });

  test('is not clear where one interval lies beyond what is allowed, and checks are repeated', () => {
    const share = { value: 0.53, low: 0.18, high: 0.95 };
    expect(judgementWords({ ...measured, 'worse-relative': share })).toBe(
      'Inconclusive after correcting for repeated checks: the change is 53% (18% to 95%) (alarm threshold 10%).',
    );
  });

  test('is not clear where the current interval itself holds what is allowed', () => {
    expect(judgementWords({ ...measured, current: { value: 5.4, low: 3.9, high: 7.1 } })).toMatch(
      /^Inconclusive: the change is 50%/,
    );
    const accuracy = {
      ...measured,
      better: 'higher' as const,
      reference: { value: 0.9, low: 0.8, high: 0.95 },
      limit: 0.09,
    };
    expect(judgementWords({ ...accuracy, current: { value: 0.7, low: 0.6, high: 0.8 } })).toMatch(
      /^Inconclusive, because/,
    );
    expect(judgementWords({ ...accuracy, current: { value: 0.7, low: 0.6, high: 0.82 } })).toMatch(
      /^Inconclusive:/,
    );
  });

  test('is not clear where the worsening has no upper end, or no interval', () => {
    const open = { value: 1, low: -0.14, high: null };
    expect(judgementWords({ ...measured, 'worse-relative': open })).toMatch(
      /^Inconclusive.*: the change is 100% \(−14% or more\) \(alarm threshold 10%\)\.$/,
    );
    const current = { value: 2, low: null, high: null };
    const none = { value: 1, low: null, high: null };
    expect(judgementWords({ ...measured, current, 'worse-relative': none })).toBe(
      'Inconclusive: the change is +100% (alarm threshold 10%).',
    );
  });

  test('is said with the interval that decided', () => {
    const share = { value: 0.5, low: 0.12, high: null };
    expect(judgementWords({ ...measured, degraded: true, 'worse-relative': share })).toBe(
      'It got worse by 50% (12% or more), beyond the alarm threshold of 10%.',
    );
    const { 'limit-relative': _, ...absolute } = measured;
    expect(judgementWords({ ...absolute, worse: { value: 0.1, low: -0.2, high: 0.3 } }, 'mpg')).toBe(
      'Within the alarm threshold: the change is 0.10 (−0.20 to 0.30) (alarm threshold 0.36 mpg).',
    );
  });

  test('is said with the smallest detectable worsening, in the unit of the limit', () => {
    const detectable = { worse: 2.4, relative: 0.671 };
    expect(judgementWords({ ...measured, detectable })).toBe(
      'Inconclusive, because the evaluation is uncertain too: the change is 50% (−1% to 166%) (alarm threshold 10%); smallest detectable worsening 67%.',
    );
    const { 'limit-relative': _, ...absolute } = measured;
    expect(judgementWords({ ...absolute, detectable }, 'mpg')).toMatch(
      /; smallest detectable worsening 2\.4 mpg\.$/,
    );
    expect(judgementWords({ ...measured, detectable: { worse: null, relative: null } })).toMatch(
      /; too few rows to detect any worsening\.$/,
    );
  });

  test('names the rows since when it is worse, and what is sure over all looks', () => {
    const since = {
      from: '2006-01-01T00:00:00.000Z',
      rows: 180,
      current: { value: 5.9, low: 5.2, high: 6.7 },
      worse: { value: 2.3, low: 1.1, high: 3.6 },
      'worse-relative': { value: 0.64, low: 0.3, high: 1.04 },
      'at-least': { worse: 0.44, relative: 0.12 },
    };
    expect(judgementWords({ ...measured, degraded: true, since }, 'mpg')).toBe(
      'On the 180 rows since 2006-01-01 it is 5.90 mpg (5.20 to 6.70): worse by 64% (30% to 104%), at least 12% after correcting for repeated checks; alarm threshold 10%.',
    );
    const { from: _, ...all } = since;
    const { 'limit-relative': __, ...absolute } = measured;
    expect(judgementWords({ ...absolute, degraded: true, since: all }, 'mpg')).toMatch(
      /^On all 180 rows it is .* at least 0\.44 after correcting for repeated checks; alarm threshold/,
    );
  });

  test('is no change where an estimate differs by less than its error', () => {
    const change = { value: -0.005, low: -0.06, high: 0.07 };
    expect(judgementWords({ ...measured, outcome: 'estimated', 'worse-relative': change })).toBe(
      'No change beyond chance: −0.5% (−6% to 7%) (alarm threshold 10%), assuming no concept drift.',
    );
  });
});
