import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { isWithin, slashedPath } from './slashed-path.ts';

test('the path of a file has forward slashes on every system', () => {
  expect(slashedPath('C:\\repo', 'C:\\repo\\models\\ciclo.yml', win32)).toBe('models/ciclo.yml');
  expect(slashedPath('C:\\repo', 'c:\\REPO\\data\\a.csv', win32)).toBe('data/a.csv');
  // As git names a repository on Windows.
  expect(slashedPath('C:/repo', 'C:\\repo\\data\\a.csv', win32)).toBe('data/a.csv');
  expect(slashedPath('/repo', '/repo/models/ciclo.yml', posix)).toBe('models/ciclo.yml');
});

test('a backslash within a name stays one where it divides no folders', () => {
  expect(slashedPath('/repo', '/repo/a\\b.csv', posix)).toBe('a\\b.csv');
});

test.each([
  [win32, 'C:\\repo', 'C:\\repo\\a', true],
  [win32, 'C:\\repo', 'C:\\repo', true],
  [win32, 'C:\\repo', 'C:\\repository\\a', false],
  [win32, 'C:\\repo', 'D:\\repo\\a', false],
  [win32, 'C:\\repo', 'C:\\repo\\..a\\b', true],
  [posix, '/repo', '/repo/..a/b', true],
  [posix, '/repo', '/other', false],
  [posix, '/repo/a', '/repo', false],
])('%#: whether %s has within it %s', (system, folder, file, within) => {
  expect(isWithin(folder, file, system)).toBe(within);
});
