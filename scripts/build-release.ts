/**
 * Builds the release tree: `npm run build`. It is what release.yml commits to the release line, and what the end-to-end
 * tests run.
 *
 *   --output <folder>         where to; default release/
 *   --self <owner/repo@ref>   for servers and runners that do not know `$/`: docs/guides/github-actions.md
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folderSize } from './folder-size.ts';
import { buildReleaseTree } from './release-tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { output: { type: 'string', default: path.join(root, 'release') }, self: { type: 'string' } },
});
const output = path.resolve(values.output);

await buildReleaseTree(root, output, values.self === undefined ? {} : { self: values.self });

const { code, wasm } = await folderSize(path.join(output, 'actions', 'entry', 'dist'));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
console.log(
  `${path.relative(process.cwd(), output)}: ${megabytes(code)}, and ${megabytes(wasm)} of WebAssembly`,
);
