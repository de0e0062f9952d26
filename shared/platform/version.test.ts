import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cicloVersion } from './version.ts';

test('the version in the sources is the one in package.json', async () => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(cicloVersion).toBe(manifest.version);
});
