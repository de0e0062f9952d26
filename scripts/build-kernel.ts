/**
 * Compiles the dense kernel from shared/model/kernel/assembly into shared/model/kernel/generated/kernel-bytes.ts:
 * `node scripts/build-kernel.ts`. With --check nothing is written, and a file that is out of date fails the run.
 *
 * The result is committed, because models are also trained where the compiler is not: by the released bundle and by
 * `ciclo` from npm. It is a module with one text, so that every way of running it brings it along.
 */
import { fileURLToPath } from 'node:url';
import { type GeneratedFile, staleFiles, writeFiles } from './generated-file.ts';
import { compileKernelBytes } from './kernel-bytes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = 'shared/model/kernel/generated/kernel-bytes.ts';
const file: GeneratedFile = { path, content: await compileKernelBytes(root) };
process.chdir(root);

const stale = await staleFiles([file]);
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`${path} is out of date: node scripts/build-kernel.ts writes it again`);
    process.exitCode = 1;
  } else console.log(`${path} is up to date`);
} else {
  await writeFiles(stale);
  console.log(stale.length === 0 ? 'nothing changed' : `written: ${path}`);
}
