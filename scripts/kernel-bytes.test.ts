import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bytesPath, compileKernelBytes, kernelSources } from './kernel-bytes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test.each(kernelSources)(
  'the committed kernel of $folder is what its sources compile to, in plain SIMD',
  async (source) => {
    const compiled = await compileKernelBytes(root, source);
    const committed = await readFile(`${root}${bytesPath(source)}`, 'utf8');
    expect(committed === compiled, 'node scripts/build-kernel.ts writes it again').toBe(true);
    const lines = [...committed.matchAll(/^ {2}'([A-Za-z0-9+/=]+)'/gm)].map(([, text]) => text);
    const bytes = Buffer.from(lines.join(''), 'base64');
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(60_000);
    expect(relaxedInstructions(bytes)).toBe(0);
  },
);

/** Relaxed SIMD opcodes are 0xfd followed by 0x80 to 0x93 and 0x02 (256 to 275 in LEB128). */
function relaxedInstructions(bytes: Uint8Array): number {
  return bytes.filter(
    (byte, i) => byte === 0xfd && bytes[i + 1]! >= 0x80 && bytes[i + 1]! <= 0x93 && bytes[i + 2] === 2,
  ).length;
}
