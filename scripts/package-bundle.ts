import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageLicences } from './bundle-licences.ts';
import { nodeProgram, requireBanner } from './program-bundle.ts';
import { writeServerScript } from './server-script.ts';
import { writeWasmFiles } from './wasm-files.ts';

/** The program, and what it starts threads with. Sources that start one find it in their own folder: shared/platform/thread-file.ts. */
const entries = [
  'cli/process.ts',
  'cli/verb-worker.ts',
  'actions/train/threads/candidate-worker.ts',
  'actions/drift-check/second-thread/thread-worker.ts',
];

/** What is looked for when it is asked for, and need not be there. */
const optional = ['pg-native', 'canvas', '@tensorflow/tfjs-node'];

/** Commander can start commands that are programs of their own. The overview has none, and to load what starts them is a tenth of its time. */
const withoutChildren: Plugin = {
  name: 'without-children',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, () => ({ path: 'none', namespace: 'without-children' }));
    onLoad({ filter: /.*/, namespace: 'without-children' }, () => ({ contents: 'export default {};' }));
  },
};

/**
 * Bundles the command line into a folder: the launcher, the program with a chunk for whatever is imported on demand, its
 * threads, its help, the WebAssembly files, the server that releases get, and the licences of all that is in them.
 *
 * @param root the project's folder.
 * @param folder where to; it must be there.
 */
export async function bundleProgram(root: string, folder: string): Promise<void> {
  const common = { ...nodeProgram, absWorkingDir: path.resolve(root), outdir: path.resolve(folder) };
  const [program, overview, launcher] = await Promise.all([
    build({
      ...common,
      entryPoints: entries,
      entryNames: '[name]',
      chunkNames: '[name]-[hash]',
      format: 'esm',
      splitting: true,
      external: optional,
      banner: { js: requireBanner },
    }),
    // CommonJS, because Node starts faster with it than with ES modules.
    build({
      ...common,
      entryPoints: ['cli/overview.ts'],
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      plugins: [...nodeProgram.plugins, withoutChildren],
    }),
    build({
      ...common,
      entryPoints: ['cli/ciclo.js'],
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      external: ['./process.js'],
      define: { 'import.meta.url': 'launcher' },
      banner: { js: "const launcher = require('node:url').pathToFileURL(__filename).href;" },
    }),
  ]);
  for (const { path: file, contents } of [program, overview, launcher].flatMap(
    ({ outputFiles }) => outputFiles,
  )) {
    await writeFile(file, contents);
  }
  const inputs = [program, overview].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await writeFile(
    path.join(folder, 'licenses.txt'),
    await packageLicences(inputs.map((file) => path.resolve(root, file))),
  );
  await writeServerScript(root, folder);
  await writeWasmFiles(folder);
}
