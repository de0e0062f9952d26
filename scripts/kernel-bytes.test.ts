import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileKernel, kernelModules } from './kernel-bytes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test.each(kernelModules)('$path is what its sources compile to, in plain SIMD', async (kernel) => {
  const compiled = await compileKernel(root, kernel);
  const committed = await readFile(`${root}${kernel.path}`, 'utf8');
  expect(committed === compiled.content, 'node scripts/build-kernel.ts writes it again').toBe(true);
  const bytes = Buffer.from(
    committed
      .match(/'[A-Za-z0-9+/=]{5,}'/g)!
      .join('')
      .replaceAll("'", ''),
    'base64',
  );
  expect(WebAssembly.validate(bytes)).toBe(true);
  expect(bytes.length).toBeLessThanOrEqual(kernel.largest);
  expect(relaxedInstructions(bytes)).toBe(0);
});

/** Relaxed SIMD opcodes are 0xfd followed by 0x80 to 0x93 and 0x02 (256 to 275 in LEB128). */
function relaxedInstructions(bytes: Uint8Array): number {
  return bytes.filter(
    (byte, i) => byte === 0xfd && bytes[i + 1]! >= 0x80 && bytes[i + 1]! <= 0x93 && bytes[i + 2] === 2,
  ).length;
}
