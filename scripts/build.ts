/** Compiles the sources to dist/, which the published package holds instead of TypeScript, with the server of releases. */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { writeServerScript } from './server-script.ts';

await rm('dist', { recursive: true, force: true });
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
// Beside the module that reads it.
if (status === 0) await writeServerScript('.', 'dist/shared/serving/folder');
