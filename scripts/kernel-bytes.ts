import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import asc from 'assemblyscript/asc';
import type { GeneratedFile } from './generated-file.ts';

/** A WebAssembly module of the product, and the file that carries it. */
export interface KernelModule {
  /** Folder of its AssemblyScript. */
  readonly assembly: string;
  /** The module that holds it as one text, so that every way of running it brings it along. */
  readonly path: string;
  /** Name of that text. */
  readonly constant: string;
  /** What it is, in words. */
  readonly words: string;
  /** Bytes that it may have: larger, it would no longer be something that every run loads without a thought. */
  readonly largest: number;
}

/** All of them. */
export const kernelModules: readonly KernelModule[] = [
  {
    assembly: 'shared/model/kernel/assembly',
    path: 'shared/model/kernel/generated/kernel-bytes.ts',
    constant: 'kernelBytes',
    words: "The dense kernel's WebAssembly",
    largest: 60_000,
  },
  {
    assembly: 'shared/model/trees/assembly',
    path: 'shared/model/trees/generated/kernel-bytes.ts',
    constant: 'treeKernelBytes',
    words: "The trees' WebAssembly",
    largest: 60_000,
  },
  {
    assembly: 'shared/model/predictor/assembly',
    path: 'shared/model/predictor/generated/rows-kernel-bytes.ts',
    constant: 'rowsKernelBytes',
    words: 'The WebAssembly of a dense layer over many rows',
    // The page of a site brings it along.
    largest: 2000,
  },
];

/**
 * The file of a module, compiled from its AssemblyScript. Plain SIMD only, whose results are the same on every machine; no
 * relaxed instruction, no import.
 *
 * @param root the project's folder.
 * @throws Error when it does not compile, or is larger than it may be.
 */
export async function compileKernel(root: string, kernel: KernelModule): Promise<GeneratedFile> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-kernel-'));
  try {
    const outFile = path.join(folder, 'kernel.wasm');
    const { error, stderr } = await asc.main([
      path.join(root, kernel.assembly, 'index.ts'),
      ...['--outFile', outFile, '--runtime', 'stub', '--enable', 'simd', '--noAssert'],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
      // v128 never leaves the module: the functions that exchange it are exported from file to file alone.
      ...['--disableWarning', '112'],
    ]);
    if (error) {
      throw new Error(`${kernel.assembly} does not compile: ${error.message}\n${stderr.toString()}`);
    }
    return { path: kernel.path, content: contentOf(kernel, await readFile(outFile)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function contentOf({ assembly, constant, words, largest }: KernelModule, bytes: Buffer): string {
  if (bytes.length > largest) {
    throw new Error(`${assembly} has ${bytes.length} bytes compiled; at most ${largest} are allowed`);
  }
  const lines = bytes.toString('base64').match(/.{1,100}/g) ?? [];
  return `// Made by scripts/build-kernel.ts from ${assembly}: change it there.

/** ${words}, ${bytes.length} bytes in base64. */
export const ${constant} =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}
