/** Writes the folder of a server, of a small model: `node scripts/write-server-folder.ts <empty folder>`. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serverFolder } from '../shared/serving/folder/server-folder.ts';
import { readServerScript } from '../shared/serving/folder/server-script.ts';
import { carsBundle } from '../shared/serving/testing/models.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('the folder to write into is missing');
for (const [name, bytes] of await serverFolder({
  archive: await carsBundle(),
  server: await readServerScript(),
})) {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
