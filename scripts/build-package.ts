/**
 * Builds the folder that is published on npm: `npm run build`, and `npm pack` or `npm publish` of that folder.
 *
 *   --output <folder>   where to; default dist/npm
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folderSize } from './folder-size.ts';
import { buildPackage } from './package-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { output: { type: 'string', default: path.join(root, 'dist', 'npm') } },
});
const output = path.resolve(values.output);

await buildPackage(root, output);

const { code, wasm } = await folderSize(path.join(output, 'dist'));
console.log(`${path.relative(process.cwd(), output)}: ${((code + wasm) / 1e6).toFixed(1)} MB`);
