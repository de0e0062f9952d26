import { expect, test } from 'vitest';
import { quote } from './errors.ts';

test('a long text is cut inside its quotes, anything else at its end', () => {
  expect(quote('short')).toBe('"short"');
  expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(75)}..."`);
  expect(quote(`${'x'.repeat(74)}\n${'y'.repeat(20)}`)).toBe(`"${'x'.repeat(74)}..."`);
  expect(quote(`${'x'.repeat(73)}\\${'y'.repeat(20)}`)).toBe(`"${'x'.repeat(73)}\\\\..."`);
  expect(quote([`${'x'.repeat(100)}`])).toBe(`["${'x'.repeat(75)}...`);
});
