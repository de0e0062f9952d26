import { gammaln } from 'simple-statistics';
import { expect, it } from 'vitest';
import fixtures from './fixtures/algebra.json' with { type: 'json' };
import { logFactorial } from './log-factorial.ts';

it.each(fixtures.logGamma)('ln Γ(%d) is scipy’s', (x, expected) => {
  expect(Math.abs(gammaln(x!) - expected!)).toBeLessThan(3e-15 * Math.max(1, expected!));
});

it.each(fixtures.logFactorial)('ln %d! is scipy’s', (n, expected) => {
  expect(Math.abs(logFactorial(n!) - expected!)).toBeLessThan(1e-15 * Math.max(1, expected!));
});
