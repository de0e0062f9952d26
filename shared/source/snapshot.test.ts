import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tableOf } from '../dataset/table/table.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { messageFrom } from './testing/read-helpers.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const source = {
  table: tableOf([
    ['x', { type: 'number', values: Float64Array.of(1, Number.NaN, Infinity) }],
    ['t', { type: 'category', codes: Int32Array.of(0, -1, 1), dictionary: ['007', 'b'] }],
  ]),
  parts: [
    { name: 'page 1', digest: 'sha256:1', firstRow: 0, rows: 2 },
    { name: 'page 2', digest: 'sha256:2', firstRow: 2, rows: 1 },
  ],
};

test('a snapshot comes back as it was, under the same digest each time, and leaves nothing half written', async () => {
  await using folder = await temporaryFolder();
  const digest = await writeSnapshot(path.join(folder.path, 'deep/er'), source);
  expect(await writeSnapshot(path.join(folder.path, 'deep/er'), source)).toBe(digest);
  expect(await readSnapshot(path.join(folder.path, 'deep/er'), digest)).toEqual(source);
  const hex = digest.replace('sha256:', '');
  expect((await readdir(path.join(folder.path, 'deep/er'))).sort()).toEqual([`${hex}.arrow`, `${hex}.json`]);
});

test('a snapshot that is not there is undefined', async () => {
  await using folder = await temporaryFolder();
  expect(await readSnapshot(folder.path, `sha256:${'0'.repeat(64)}`)).toBeUndefined();
});

test('a snapshot with one flipped byte is refused', async () => {
  await using folder = await temporaryFolder();
  const digest = await writeSnapshot(folder.path, source);
  const base = path.join(folder.path, digest.replace('sha256:', ''));
  const bytes = await readFile(`${base}.arrow`);
  bytes[200]! ^= 1;
  await writeFile(`${base}.arrow`, bytes);
  expect(await messageFrom(readSnapshot(folder.path, digest))).toMatch(
    /\.arrow is not the snapshot that ciclo\.lock names: its digest is sha256:\w+, it should be sha256:\w+; delete it to ask the source again$/,
  );
  await writeFile(`${base}.json`, (await readFile(`${base}.json`, 'utf8')).replace('page 1', 'page 7'));
  expect(await messageFrom(readSnapshot(folder.path, digest))).toBe(
    `${base}.json is not the snapshot ${digest}; delete it to ask the source again`,
  );
});
