import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Writes TensorFlow's WebAssembly into the folder of the bundle that loads it. */
export async function writeWasmFiles(folder: string): Promise<void> {
  const kernels = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  for (const name of await readdir(kernels)) {
    // Not copied: the package marks them as executable.
    if (name.endsWith('.wasm'))
      await writeFile(path.join(folder, name), await readFile(path.join(kernels, name)));
  }
}
