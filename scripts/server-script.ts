import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { packageLicences } from './bundle-licences.ts';
import { nodeProgram, requireBanner } from './program-bundle.ts';

/** On an older Node a message says so. */
const banner = `// The server of a released model, by Ciclo: https://github.com/ciclo-ml/ciclo. What it holds is under the licences in licenses.txt.
${requireBanner}
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(\`server.mjs needs Node 24 or newer, and this is Node \${process.versions.node}\`);
  process.exit(2);
}`;

/**
 * Bundles cli/server.ts with all that it needs into `server.mjs`, with `server-licenses.txt` beside it. Nothing is
 * minified, so that it can be read.
 *
 * @param root the project's folder.
 * @param folder where to; it must be there.
 */
export async function writeServerScript(root: string, folder: string): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...nodeProgram,
    absWorkingDir: path.resolve(root),
    entryPoints: ['cli/server.ts'],
    format: 'esm',
    banner: { js: banner },
  });
  const inputs = Object.keys(metafile.inputs).map((file) => path.resolve(root, file));
  await writeFile(path.join(folder, 'server.mjs'), outputFiles[0]!.contents);
  await writeFile(path.join(folder, 'server-licenses.txt'), await packageLicences(inputs));
}
