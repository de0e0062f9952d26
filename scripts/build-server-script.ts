/**
 * Bundles the server of a release, cli/server.ts, into one file: `node scripts/build-server-script.ts --output <folder>`.
 * The folder gets server.mjs and server-licenses.txt.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeServerScript } from './server-script.ts';

const { values } = parseArgs({ options: { output: { type: 'string' } } });
if (values.output === undefined) throw new Error('--output is missing: the folder to write server.mjs into');
await writeServerScript(fileURLToPath(new URL('..', import.meta.url)), values.output);
