import { expect, test } from 'vitest';
import { bumpOf, raised } from './next-version.ts';

test.each([
  ['0.1.0', ['minor', 'major', 'patch'], '1.0.0'],
  ['1.4.2', ['patch', 'minor'], '1.5.0'],
  ['1.4.2', ['patch'], '1.4.3'],
  ['1.4.2', [], '1.4.2'],
] as const)('the version after %s with the changes %j is %s', (current, bumps, next) => {
  expect(raised(current, bumps)).toBe(next);
});

test('a changeset says how far in its head alone', () => {
  expect(bumpOf("---\n'ciclo': major\n---\n\nAll is new.\n")).toBe('major');
  expect(bumpOf('---\r\n"ciclo": patch\r\n---\r\n')).toBe('patch');
  expect(bumpOf('# Changesets\n\nciclo: major\n')).toBeUndefined();
});
