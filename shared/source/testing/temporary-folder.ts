import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is gone after `await using`. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file, with its folders; the whole path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

export async function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const root = await mkdtemp(path.join(tmpdir(), 'ciclo-'));
  const folder: TemporaryFolder = {
    path: root,
    async write(name, content) {
      const file = path.join(root, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  return folder;
}
