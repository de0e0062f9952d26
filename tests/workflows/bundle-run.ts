import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const recorder = new URL('./loaded-files.ts', import.meta.url).href;

interface BundleRun {
  /** Folder of the bundle. */
  readonly dist: string;
  readonly workspace: string;
  readonly step: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Further variables of the job. */
  readonly environment?: Readonly<Record<string, string>>;
}

interface Ran {
  readonly status: number | null;
  readonly log: string;
  readonly outputs: string;
  /** Files of the bundle that were loaded. */
  readonly loaded: readonly string[];
}

/** Runs the bundled entry as the runner would: a node process, inputs and context in its environment. */
export async function runBundle({ dist, workspace, step, inputs, environment }: BundleRun): Promise<Ran> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-bundle-'));
  const file = (name: string): string => path.join(scratch, name);
  await Promise.all([
    writeFile(file('event.json'), '{}'),
    writeFile(file('output'), ''),
    writeFile(file('summary'), ''),
  ]);
  // Not spawnSync: a registry that the step asks may live in this process.
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', recorder, path.join(dist, 'index.js')],
    {
      cwd: workspace,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: scratch,
        LOADED_FILES: file('loaded'),
        GITHUB_REPOSITORY: 'acme/models',
        GITHUB_EVENT_NAME: 'push',
        GITHUB_SHA: '1'.repeat(40),
        GITHUB_RUN_ID: '1',
        GITHUB_WORKSPACE: workspace,
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        INPUT_STEP: step,
        INPUT_INPUTS: JSON.stringify(inputs),
        ...environment,
      },
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const urls = (await readFile(file('loaded'), 'utf8')).split('\n');
  return {
    status,
    log,
    outputs: await readFile(file('output'), 'utf8'),
    loaded: urls
      .filter((url) => url.startsWith('file:') && fileURLToPath(url).startsWith(dist + path.sep))
      .map((url) => path.basename(fileURLToPath(url))),
  };
}
