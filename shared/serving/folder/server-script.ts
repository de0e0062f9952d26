import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ownTemporaryFolder } from '../../platform/own-temporary.ts';

/** The server of a release in one file, and the licences of what is in it. */
export interface ServerScript {
  readonly script: Uint8Array;
  readonly licences: Uint8Array;
}

const names = ['server.mjs', 'server-licenses.txt'] as const;

/**
 * Reads `server.mjs`. What is released and published has it beside the compiled code (scripts/build-server-script.ts put
 * it there); a checkout, which runs its sources, bundles it again each time, so that it is never out of date.
 */
export async function readServerScript(): Promise<ServerScript> {
  const here = import.meta.dirname;
  if (existsSync(path.join(here, names[0]))) return readFrom(here);
  const folder = await ownTemporaryFolder('server');
  try {
    const build = path.join(here, '..', '..', '..', 'scripts', 'build-server-script.ts');
    await promisify(execFile)(process.execPath, [build, '--output', folder]);
    return await readFrom(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFrom(folder: string): Promise<ServerScript> {
  const [script, licences] = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  return { script: script!, licences: licences! };
}
