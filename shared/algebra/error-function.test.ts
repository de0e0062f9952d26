import { expect, test } from 'vitest';
import { erf } from './error-function.ts';

test('erf equals scipy.special.erf to 1e-9', () => {
  // scipy 1.17: [scipy.special.erf(x) for x in (...)]
  const expected = [
    [0, 0],
    [1e-8, 1.1283791670955125e-8],
    [0.03, 0.03384122234173543],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [1.234567, 0.9191788641301748],
    [2.5, 0.999593047982555],
    [4, 0.9999999845827421],
    [7, 1],
  ] as const;
  for (const [x, value] of expected) {
    expect(Math.abs(erf(x) - value)).toBeLessThan(1e-9);
    expect(Math.abs(erf(-x) + value)).toBeLessThan(1e-9);
  }
  expect(erf(Number.NaN)).toBeNaN();
  expect(erf(Number.POSITIVE_INFINITY)).toBe(1);
});
