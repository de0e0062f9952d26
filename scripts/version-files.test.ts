import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lockfileOf, publishedActionsOf, readmeOf, versionModuleOf } from './version-files.ts';

const own = (file: string): Promise<string> => readFile(file, 'utf8');

test('a version changes its own two lines of the lockfile', async () => {
  const before = await own('package-lock.json');
  const after = lockfileOf(before, '9.8.7');
  const lines = after.split('\n');
  const changed = before.split('\n').flatMap((line, i) => (line === lines[i] ? [] : [lines[i]?.trim()]));
  expect(changed).toEqual(['"version": "9.8.7",', '"version": "9.8.7",']);
});

test('a version is in the code, and its major version in what init writes', async () => {
  expect(versionModuleOf(await own('shared/platform/version.ts'), '9.8.7')).toContain(
    "cicloVersion = '9.8.7'",
  );
  const actions = publishedActionsOf(await own('shared/init/published-actions.ts'), 'v9');
  expect(actions).toContain("ref: 'v9' } as const");
});

test('the README says that nothing is released until something is', async () => {
  const before = await own('README.md');
  const line = /^> Not released yet: .+\n\n/m;
  const isReleased = !JSON.parse(await own('package.json')).version.startsWith('0.');
  expect(line.test(before)).toBe(!isReleased);
  expect(readmeOf(before, '0.2.0')).toBe(before);
  const after = readmeOf(before, '1.0.0');
  expect(after).not.toContain('unreleased');
  expect(after).not.toMatch(line);
  expect(after).toContain('## Three commands\n\nIn a clone');
});

test('a file that has no version any more is said to be so', () => {
  expect(() => versionModuleOf('export const version = 1;', '9.8.7')).toThrow(
    'shared/platform/version.ts: there is no version to replace',
  );
});
