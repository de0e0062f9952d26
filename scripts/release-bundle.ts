import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundleLicences } from './bundle-licences.ts';
import { lightened } from './lightened.ts';
import { writeServerScript } from './server-script.ts';
import { writeWasmFiles } from './wasm-files.ts';

const require = createRequire(import.meta.url);

/** Runs a program of the package that `manifest` describes, in the project's root. @throws Error with what it printed. */
async function runProgram(
  root: string,
  manifest: string,
  program: string,
  args: readonly string[],
): Promise<void> {
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: Record<string, string> };
  const file = path.join(path.dirname(manifest), bin[program]!);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} ended with ${status ?? error}:\n${stdout}${stderr}`);
}

/**
 * Bundles the entry of all actions into a folder: index.js, a chunk for each dynamic import, the WebAssembly files, the
 * server that releases get, and the licences of what is bundled. TypeScript compiles, ncc bundles; neither minifies.
 *
 * The compiled files lie within the project, because bundled comments name modules by their path from its root: the
 * bytes are then the same wherever the project lies. One build at a time, therefore.
 */
export async function bundleEntry(root: string, output: string): Promise<void> {
  const compiled = path.join(root, 'build');
  const stats = path.join(compiled, 'stats.json');
  await rm(compiled, { recursive: true, force: true });
  await runProgram(root, require.resolve('typescript/package.json'), 'tsc', [
    '-p',
    'tsconfig.build.json',
    '--outDir',
    compiled,
  ]);
  await runProgram(root, require.resolve('@vercel/ncc/package.json'), 'ncc', [
    'build',
    path.join('build', 'actions', 'entry', 'main.js'),
    ...['--out', path.resolve(root, output)],
    ...['--external', '@tensorflow/tfjs-node'],
    ...['--stats-out', stats],
    ...['--no-cache', '--no-source-map-register', '--quiet'],
  ]);
  await writeFile(
    path.join(output, 'licenses.txt'),
    await bundleLicences(JSON.parse(await readFile(stats, 'utf8'))),
  );
  await writeServerScript(root, output);
  for (const name of await readdir(output)) {
    if (!name.endsWith('.js')) continue;
    const file = path.join(output, name);
    await writeFile(file, lightened(await readFile(file, 'utf8')));
  }
  await writeWasmFiles(output);
}
