import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import asc from 'assemblyscript/asc';

/** Larger than this, the kernel would no longer be something that every run loads without a thought. */
const largest = 60_000;

/**
 * The module shared/model/kernel/generated/kernel-bytes.ts: the dense kernel compiled from its AssemblyScript. Plain SIMD
 * only, whose results are the same on every machine; no relaxed instruction, no import.
 *
 * @param root the project's folder.
 * @throws Error when it does not compile, or is larger than it may be.
 */
export async function compileKernelBytes(root: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-kernel-'));
  try {
    const outFile = path.join(folder, 'kernel.wasm');
    const { error, stderr } = await asc.main([
      path.join(root, 'shared/model/kernel/assembly/index.ts'),
      ...['--outFile', outFile, '--runtime', 'stub', '--enable', 'simd', '--noAssert'],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
      // v128 never leaves the module: the functions that exchange it are exported from file to file alone.
      ...['--disableWarning', '112'],
    ]);
    if (error) throw new Error(`the kernel does not compile: ${error.message}\n${stderr.toString()}`);
    return moduleOf(await readFile(outFile));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function moduleOf(bytes: Buffer): string {
  if (bytes.length > largest) {
    throw new Error(`the kernel has ${bytes.length} bytes; at most ${largest} are allowed`);
  }
  const lines = bytes.toString('base64').match(/.{1,100}/g) ?? [];
  return `// Made by scripts/build-kernel.ts from shared/model/kernel/assembly: change it there.

/** The dense kernel's WebAssembly, ${bytes.length} bytes in base64. */
export const kernelBytes =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}
