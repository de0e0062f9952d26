import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of the bundle in a folder: WebAssembly, and everything else. */
export async function folderSize(folder: string): Promise<{ code: number; wasm: number }> {
  const size = { code: 0, wasm: 0 };
  for (const name of await readdir(folder)) {
    const { size: bytes } = await stat(path.join(folder, name));
    size[name.endsWith('.wasm') ? 'wasm' : 'code'] += bytes;
  }
  return size;
}
