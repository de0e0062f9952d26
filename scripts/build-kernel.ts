/**
 * Compiles the kernels, the dense one and that of the trees, from shared/model/…/assembly into the generated/kernel-bytes.ts
 * beside it: `node scripts/build-kernel.ts`. With --check nothing is written, and a file that is out of date fails the run.
 *
 * The results are committed, because models are also trained where the compiler is not: by the released bundle and by
 * `ciclo` from npm. Each is a module with one text, so that every way of running it brings it along.
 */
import { fileURLToPath } from 'node:url';
import { type GeneratedFile, staleFiles, writeFiles } from './generated-file.ts';
import { bytesPath, compileKernelBytes, kernelSources } from './kernel-bytes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files: GeneratedFile[] = [];
for (const source of kernelSources) {
  files.push({ path: bytesPath(source), content: await compileKernelBytes(root, source) });
}
process.chdir(root);

const stale = await staleFiles(files);
const names = stale.map(({ path }) => path).join(', ');
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`out of date: ${names}; node scripts/build-kernel.ts writes it again`);
    process.exitCode = 1;
  } else console.log('the kernels are up to date');
} else {
  await writeFiles(stale);
  console.log(stale.length === 0 ? 'nothing changed' : `written: ${names}`);
}
