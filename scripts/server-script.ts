import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageLicences } from './bundle-licences.ts';

/** On an older Node a message says so; CommonJS packages within an ES module ask for Node's own modules by `require`. The banner's own names must not be those of the bundle. */
const banner = `// The server of a released model, by Ciclo: https://github.com/ciclo-ml/ciclo. What it holds is under the licences in licenses.txt.
import { createRequire as requireFrom } from 'node:module';
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(\`server.mjs needs Node 24 or newer, and this is Node \${process.versions.node}\`);
  process.exit(2);
}
const require = requireFrom(import.meta.url);`;

/** zod's messages in forty languages, half of zod, which nothing here asks for. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * Bundles cli/server.ts with all that it needs into `server.mjs`, with `server-licenses.txt` beside it. Nothing is
 * minified, so that it can be read.
 *
 * @param root the project's folder.
 * @param folder where to; it must be there.
 */
export async function writeServerScript(root: string, folder: string): Promise<void> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: path.resolve(root),
    entryPoints: ['cli/server.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: {},
    banner: { js: banner },
    plugins: [withoutLocales],
  });
  const inputs = Object.keys(metafile.inputs).map((file) => path.resolve(root, file));
  await writeFile(path.join(folder, 'server.mjs'), outputFiles[0]!.contents);
  await writeFile(path.join(folder, 'server-licenses.txt'), await packageLicences(inputs));
}
