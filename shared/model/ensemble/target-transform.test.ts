import { expect, test } from 'vitest';
import { logTransformOf, restoredTarget, transformedTargets } from './target-transform.ts';

test('a target that is never negative has a transform, which caps at three times the largest', () => {
  expect(logTransformOf(Float64Array.of(0, 4, 10))).toEqual({ type: 'log1p', cap: 30 });
  expect(logTransformOf(Float64Array.of(-1, 4))).toBeUndefined();
  expect(logTransformOf(Float64Array.of(0, 0))).toBeUndefined();
  expect(logTransformOf(Float64Array.of(1, Number.NaN))).toBeUndefined();
});

test('goes there and back, and never below 0 or above the cap', () => {
  const transform = logTransformOf(Float64Array.of(0, 10))!;
  const [none, some] = transformedTargets(Float64Array.of(0, 9.5));
  // numpy.log1p(9.5)
  expect(some).toBeCloseTo(2.3513752571634776, 14);
  expect(restoredTarget(none!, transform)).toBe(0);
  expect(restoredTarget(some!, transform)).toBeCloseTo(9.5, 12);
  expect(restoredTarget(-3, transform)).toBe(0);
  expect(restoredTarget(700, transform)).toBe(30);
});
