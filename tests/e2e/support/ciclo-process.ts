import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command line as users start it. */
export const executable = fileURLToPath(new URL('../../../cli/ciclo.js', import.meta.url));
const example = fileURLToPath(new URL('../../../example-repo', import.meta.url));

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly cwd: string;
  /** Another file than {@link executable}: that of an installed package. */
  readonly program?: string;
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the process and what stderr has so far, at every piece of it. */
  readonly watch?: (child: ChildProcess, stderr: string) => void;
}

/** Runs `ciclo` with these words and waits for its end. */
export async function ciclo(argv: readonly string[], options: StartOptions): Promise<Ended> {
  const { NODE_OPTIONS: _options, CI: _ci, NO_COLOR: _colour, FORCE_COLOR: _force, ...others } = process.env;
  const { GITHUB_ACTIONS: _actions, ...environment } = others;
  const child = spawn(process.execPath, [options.program ?? executable, ...argv], {
    cwd: options.cwd,
    env: { ...environment, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.watch?.(child, stderr);
  });
  child.stdin.on('error', () => undefined); // the command may end without reading all of it
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** A folder of its own whose path has spaces and letters beyond ASCII. */
async function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(path.join(tmpdir(), `ciclo ${name} ünï `));
}

/** A copy of the example repository without results. */
export async function copyOfExample(name: string): Promise<string> {
  const folder = await temporaryFolder(name);
  await cp(example, folder, { recursive: true, filter: (source) => path.basename(source) !== '.ciclo' });
  return folder;
}

/** Writes files by name into a new folder. */
export async function projectOf(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await temporaryFolder(name);
  await addFiles(folder, files);
  return folder;
}

/** Writes files by name. */
export async function addFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
}

/** Removes folders that tests made. */
export async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
