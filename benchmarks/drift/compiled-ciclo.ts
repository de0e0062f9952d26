/**
 * `ciclo` from its compiled files, as the published package has it; writes its peak memory in MB to a file at its end.
 * usage: node compiled-ciclo.ts FOLDER MEMORY.txt drift-check …
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, memory] = process.argv.splice(2, 2);
process.on('exit', () => writeFileSync(memory!, String(Math.round(process.resourceUsage().maxRSS / 1024))));
const { runProcess } = await import(pathToFileURL(path.join(folder!, 'cli/process.js')).href);
await runProcess();
