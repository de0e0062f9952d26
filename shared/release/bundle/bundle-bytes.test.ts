import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { largestBundle } from './bundle.ts';
import { bundleBytes } from './bundle-bytes.ts';

it('the bytes of a bundle are read, and a file that is larger than any is refused unread', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-bundle-'));
  try {
    const file = path.join(folder, 'fuel-v1.2.0.zip');
    await writeFile(file, 'PK');
    expect(Buffer.from(await bundleBytes(file)).toString()).toBe('PK');
    // A file of zeros that takes no room.
    await truncate(file, largestBundle + 1);
    await expect(bundleBytes(file)).rejects.toThrow(
      `${file} has ${largestBundle + 1} bytes, and a bundle has at most ${largestBundle}: give the file of a release`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
