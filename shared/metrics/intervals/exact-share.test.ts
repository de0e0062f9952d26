import { describe, expect, it } from 'vitest';
import { exactShare } from './exact-share.ts';

describe('the exact interval of a share', () => {
  it.each([
    [40, 40, 0.95, 0.9119026971211976, 1],
    [0, 40, 0.95, 0, 0.08809730287880237],
    [39, 40, 0.95, 0.8684141415172343, 0.9993672550679505],
    [1, 7, 0.9, 0.0073008319790147, 0.5207029735913071],
    [250, 1000, 0.95, 0.2234304062646804, 0.27805000622375553],
    [99_000, 100_000, 0.95, 0.9893638884706457, 0.9906074439109015],
    [17, 20, 0.99, 0.550534593260514, 0.9823573620458053],
  ])('of %d hits in %d rows at %d is that of statsmodels', (hits, rows, confidence, low, high) => {
    const ends = exactShare(hits, rows, confidence);
    expect(ends.low).toBeCloseTo(low, 9);
    expect(ends.high).toBeCloseTo(high, 9);
  });
});
