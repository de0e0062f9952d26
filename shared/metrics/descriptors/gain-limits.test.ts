import { describe, expect, it } from 'vitest';
import { gainLimits, within } from './gain-limits.ts';
import { descriptorOfKey } from './metric-key.ts';

const limitsOf = (metric: string, reference: number) => gainLimits(descriptorOfKey(metric)!, reference);

describe('the gains that a metric can have, as shares of a reference', () => {
  it('of an error end at all of it, and losses nowhere', () => {
    expect(limitsOf('mae', 14.6)).toEqual({ low: Number.NEGATIVE_INFINITY, high: 1 });
    expect(limitsOf('mean-bias', 2)).toEqual({ low: Number.NEGATIVE_INFINITY, high: 1 });
  });

  it('of a share that should be large end where it is 1, and losses where it is 0', () => {
    expect(limitsOf('roc-auc', 0.8).high).toBeCloseTo(0.25, 12);
    expect(limitsOf('roc-auc', 0.8).low).toBe(-1);
  });

  it('of a score that may be negative are not bounded: the sign of its reference is not known', () => {
    expect(limitsOf('r2', 0.5)).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  });

  it('are the nearest possible of what lies beyond', () => {
    expect(within({ low: -1, high: 1 }, 1.01)).toBe(1);
    expect(within({ low: -1, high: 1 }, -3)).toBe(-1);
    expect(within({ low: -1, high: 1 }, 0.77)).toBe(0.77);
  });
});
