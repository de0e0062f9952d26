import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { discardOwnTemporary, ownTemporaryFolder } from './own-temporary.ts';

test('a process that must stop removes its own temporary folders and nobody else’s', async () => {
  const own = await ownTemporaryFolder('verify');
  await mkdir(path.join(own, 'within'));
  const other = path.join(tmpdir(), `ciclo-verify-${process.pid}1-abcdef`);
  await mkdir(other);
  try {
    discardOwnTemporary();
    expect(existsSync(own)).toBe(false);
    expect(existsSync(other)).toBe(true);
  } finally {
    await rm(other, { recursive: true });
  }
});
