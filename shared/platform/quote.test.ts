import { expect, test } from 'vitest';
import { quote } from './errors.ts';

test('a long text is cut inside its quotes, anything else at its end', () => {
  expect(quote('short')).toBe('"short"');
  expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(75)}..."`);
  expect(quote([`${'x'.repeat(100)}`])).toBe(`["${'x'.repeat(75)}...`);
});
