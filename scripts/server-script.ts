import path from 'node:path';
import { build } from 'esbuild';
import { packageLicences } from './bundle-licences.ts';

/** CommonJS packages within an ES module ask for Node's own modules by `require`. */
const banner = `// The server of a released model, by Ciclo: https://github.com/ciclo-ml/ciclo. Licences of what it holds: licenses.txt
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

/** The server of a release in one file, and the licences of the packages in it. */
export interface ServerScript {
  readonly script: string;
  readonly licences: string;
}

/**
 * Bundles cli/server.ts. Nothing is minified, so that it can be read.
 *
 * @param root the project's folder.
 */
export async function bundleServerScript(root: string): Promise<ServerScript> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
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
  });
  const inputs = Object.keys(metafile.inputs).map((file) => path.join(root, file));
  return { script: outputFiles[0]!.text, licences: await packageLicences(inputs) };
}
