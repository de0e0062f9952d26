/**
 * The command line from its compiled files, as the published package has it: what a server runs does not compile
 * TypeScript at its start. usage: node built-server.ts FOLDER serve …
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder] = process.argv.splice(2, 1);
const { runProcess } = await import(pathToFileURL(path.join(folder!, 'cli/process.js')).href);
await runProcess();
