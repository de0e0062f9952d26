/**
 * Compiles the WebAssembly modules from their AssemblyScript into the generated files that carry them:
 * `node scripts/build-kernel.ts`. With --check nothing is written, and a file that is out of date fails the run.
 *
 * The results are committed, because models are also trained and run where the compiler is not: by the released bundle,
 * by `ciclo` from npm, and in the browser.
 */
import { fileURLToPath } from 'node:url';
import { type GeneratedFile, staleFiles, writeFiles } from './generated-file.ts';
import { compileKernel, kernelModules } from './kernel-bytes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files: GeneratedFile[] = [];
for (const kernel of kernelModules) files.push(await compileKernel(root, kernel));
process.chdir(root);

const stale = await staleFiles(files);
const names = stale.map(({ path }) => path).join(', ');
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`out of date: ${names}; node scripts/build-kernel.ts writes them again`);
    process.exitCode = 1;
  } else console.log('up to date');
} else {
  await writeFiles(stale);
  console.log(stale.length === 0 ? 'nothing changed' : `written: ${names}`);
}
