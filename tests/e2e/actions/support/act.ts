import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { publishedRelease } from '../../../../shared/init/published-actions.ts';
import { pagesStandIns } from './pages-stand-ins.ts';

/** What act is to take for the action that it cannot fetch; by the pin of actions/deploy/action.yml. */
const attestStandIn = fileURLToPath(new URL('attest', import.meta.url));

/** The same for the action of drift.yml. */
const appTokenStandIn = fileURLToPath(new URL('app-token', import.meta.url));

/** The same for the action of actions/setup. */
const pythonStandIn = fileURLToPath(new URL('setup-python', import.meta.url));

const binaries = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));

/** A workflow run to start. */
export interface ActRun {
  /** Program `act`. */
  readonly act: string;
  /** The checkout: act runs jobs in a copy of it. */
  readonly folder: string;
  /** From the checkout's root: `.github/workflows/model.yml`. */
  readonly workflow: string;
  readonly event: string;
  readonly payload: unknown;
  /** Of a matrix over `folder`, those that run. */
  readonly folders: readonly string[];
  readonly token: string;
  /** The release tree that {@link publishedRelease} means. */
  readonly release: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

const logLine = z.looseObject({
  msg: z.string(),
  job: z.string().optional(),
  step: z.string().optional(),
  stepResult: z.string().optional(),
  jobResult: z.string().optional(),
  raw_output: z.boolean().optional(),
});
type LogLine = z.output<typeof logLine>;

/** How a workflow run ended. */
export interface ActResult {
  readonly passed: boolean;
  /** What steps printed and what act said, a line each. */
  readonly log: string;
  /** Conclusion by step, as `job/step`: `success`, `failure`, `skipped`. */
  readonly steps: ReadonlyMap<string, string>;
  /** Conclusion by job. */
  readonly jobs: ReadonlyMap<string, string>;
  readonly lines: readonly LogLine[];
}

/** Runs a workflow with act, without containers: each step is a process of this machine. */
export async function runWorkflow(run: ActRun): Promise<ActResult> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-act-'));
  try {
    const eventFile = path.join(scratch, 'event.json');
    await writeFile(eventFile, JSON.stringify(run.payload));
    const output = await actOutput(run, eventFile, scratch);
    return resultOf(output.code, output.text);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** `actions/attest@<commit>`, as the release tree has it. */
function attestPin(release: string): string {
  const text = readFileSync(path.join(release, 'actions', 'deploy', 'action.yml'), 'utf8');
  return /uses: (actions\/attest@[0-9a-f]{40}) /.exec(text)![1]!;
}

/** `actions/create-github-app-token@<commit>`, as the release tree has it. */
function appTokenPin(release: string): string {
  const text = readFileSync(path.join(release, '.github', 'workflows', 'drift.yml'), 'utf8');
  return /uses: (actions\/create-github-app-token@[0-9a-f]{40}) /.exec(text)![1]!;
}

/** `actions/setup-python@<commit>`, as the release tree has it. */
function pythonPin(release: string): string {
  const text = readFileSync(path.join(release, 'actions', 'setup', 'action.yml'), 'utf8');
  return /uses: (actions\/setup-python@[0-9a-f]{40}) /.exec(text)![1]!;
}

function actOutput(
  run: ActRun,
  eventFile: string,
  scratch: string,
): Promise<{ code: number | null; text: string }> {
  const { PATH, ...inherited } = process.env;
  const options = Object.entries(run.environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const folders = run.folders.flatMap((folder) => ['--matrix', `folder:${folder}`]);
  const secrets = Object.entries({ GITHUB_TOKEN: run.token, ...run.secrets }).flatMap(([name, value]) => [
    '-s',
    `${name}=${value}`,
  ]);
  const child = spawn(
    run.act,
    [
      run.event,
      ...['--workflows', run.workflow, '--eventpath', eventFile, '--json'],
      ...['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'],
      ...['--local-repository', `${publishedRelease}=${run.release}`],
      ...['--local-repository', `${attestPin(run.release)}=${attestStandIn}`],
      ...['--local-repository', `${appTokenPin(run.release)}=${appTokenStandIn}`],
      ...['--local-repository', `${pythonPin(run.release)}=${pythonStandIn}`],
      ...pagesStandIns(run.release),
      ...['--action-cache-path', path.join(scratch, 'cache')],
      ...folders,
      ...options,
      ...secrets,
    ],
    {
      cwd: run.folder,
      // Steps find Node on the path: the project's own, which is what the actions declare.
      env: {
        ...inherited,
        PATH: `${binaries}${path.delimiter}${PATH ?? ''}`,
        HOME: scratch,
        XDG_CACHE_HOME: scratch,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

function resultOf(code: number | null, text: string): ActResult {
  const lines = text.split('\n').flatMap((line) => {
    const parsed = parseLine(line);
    return parsed === undefined ? [] : [parsed];
  });
  const steps = new Map<string, string>();
  const jobs = new Map<string, string>();
  for (const { job, step, stepResult, jobResult } of lines) {
    if (job === undefined) continue;
    if (step !== undefined && stepResult !== undefined) steps.set(`${job}/${step}`, stepResult);
    if (jobResult !== undefined) jobs.set(job, jobResult);
  }
  return { passed: code === 0, log: lines.map(({ msg }) => msg.trimEnd()).join('\n'), steps, jobs, lines };
}

function parseLine(line: string): LogLine | undefined {
  if (line.trim() === '') return undefined;
  try {
    return logLine.parse(JSON.parse(line));
  } catch {
    return { msg: line };
  }
}
