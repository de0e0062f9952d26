import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import asc from 'assemblyscript/asc';

/** Larger than this, a kernel would no longer be something that every run loads without a thought. */
const largest = 60_000;

/** A kernel: AssemblyScript in a folder, and the module of its bytes, which is committed. */
export interface KernelSource {
  /** In the project. */
  readonly folder: string;
  /** The name of the bytes. */
  readonly constant: string;
  readonly about: string;
}

export const kernelSources: readonly KernelSource[] = [
  { folder: 'shared/model/kernel', constant: 'kernelBytes', about: "The dense kernel's WebAssembly" },
  { folder: 'shared/model/trees', constant: 'treeKernelBytes', about: "The trees' WebAssembly" },
];

/** Where a kernel's bytes are committed. */
export function bytesPath({ folder }: KernelSource): string {
  return `${folder}/generated/kernel-bytes.ts`;
}

/**
 * The module of a kernel's bytes: compiled from its AssemblyScript. Plain SIMD only, whose results are the same on every
 * machine; no relaxed instruction, no import.
 *
 * @param root the project's folder.
 * @throws Error when it does not compile, or is larger than it may be.
 */
export async function compileKernelBytes(root: string, source: KernelSource): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-kernel-'));
  try {
    const outFile = path.join(folder, 'kernel.wasm');
    const { error, stderr } = await asc.main([
      path.join(root, source.folder, 'assembly/index.ts'),
      ...['--outFile', outFile, '--runtime', 'stub', '--enable', 'simd', '--noAssert'],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
      // v128 never leaves the module: the functions that exchange it are exported from file to file alone.
      ...['--disableWarning', '112'],
    ]);
    if (error) throw new Error(`${source.folder} does not compile: ${error.message}\n${stderr.toString()}`);
    return moduleOf(await readFile(outFile), source);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function moduleOf(bytes: Buffer, { folder, constant, about }: KernelSource): string {
  if (bytes.length > largest) {
    throw new Error(`${folder} compiles to ${bytes.length} bytes; at most ${largest} are allowed`);
  }
  const lines = bytes.toString('base64').match(/.{1,100}/g) ?? [];
  return `// Made by scripts/build-kernel.ts from ${folder}/assembly: change it there.

/** ${about}, ${bytes.length} bytes in base64. */
export const ${constant} =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}
