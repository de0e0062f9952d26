/**
 * What the actions cost on the example repository, step by step: the released bundle as the runner starts it, against an
 * emulated GitHub on this machine, beside the same verbs by the command line. Prints one JSON object.
 *
 * usage: node benchmarks/actions/actions.ts [--repeats 5]
 */
import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createArtifactService } from '../../tests/github/artifacts/artifact-service.ts';
import { addCommit } from '../../tests/github/commit-seed.ts';
import { addRepository, addToken, openPullRequest } from '../../tests/github/seed.ts';
import { startGitHub } from '../../tests/github/server.ts';

const { values } = parseArgs({ options: { repeats: { type: 'string', default: '5' } } });
const repeats = Number(values.repeats);
const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-bench-actions-'));
const release = path.join(scratch, 'release');
execFileSync(process.execPath, ['scripts/build-release.ts', '--output', release], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const bundle = path.join(release, 'actions/entry/dist');

const common = {
  config: 'ciclo.yml',
  'working-directory': '.',
  artifacts: 'true',
  'retention-days': '30',
  'github-token': 'ghs_bench',
};
const inputs: Readonly<Record<string, object>> = {
  prepare: { ...common, 'source-env': '', 'aws-role': '', 'sts-endpoint': '' },
  train: { ...common, accelerate: '' },
  validate: {
    ...common,
    champion: '',
    'fail-on': 'fail',
    'on-loosened': 'fail',
    comment: 'true',
    check: 'true',
  },
};

interface Timed {
  readonly seconds: number;
  /** Until the first line of the log that matches. */
  readonly reached: number | undefined;
}

/** Runs a program; the time until its end, and until a line of its output. */
async function timed(
  words: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  line?: RegExp,
): Promise<Timed> {
  const started = performance.now();
  const child = spawn(process.execPath, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let reached: number | undefined;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (line?.test(output)) reached ??= performance.now() - started;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${output}`);
  return {
    seconds: (performance.now() - started) / 1000,
    reached: reached === undefined ? undefined : reached / 1000,
  };
}

const github = await startGitHub();
const service = createArtifactService();
github.routes(service.routes);
const repository = addRepository(github.state, 'acme/fuel');
addToken(github.state, 'ghs_bench');

/** The first line that a step prints of its own work: everything that it needs is loaded by then. */
const firstLine: Readonly<Record<string, RegExp>> = {
  prepare: /rows read/,
  train: /Ciclo [\d.]+, backend kernel/,
  validate: /(PASS|WARN|FAIL) {2}/,
};

async function job(runId: number): Promise<Record<string, { action: Timed; cli: Timed }>> {
  const workspace = path.join(scratch, `run-${runId}`, 'fuel');
  await cp(path.join(root, 'example-repo'), workspace, {
    recursive: true,
    filter: (source) => path.basename(source) !== '.ciclo',
  });
  const branch = `change-${runId}`;
  addCommit(repository, { branch, files: { 'n.txt': String(runId) } });
  const pull = openPullRequest(github.state, repository, { branch });
  const run = service.addRun({ id: runId, repository: 'acme/fuel' });
  const event = path.join(scratch, `event-${runId}.json`);
  const side = (one: typeof pull.head) => ({
    ref: one.branch,
    sha: one.sha,
    repo: { full_name: one.repository },
  });
  await writeFile(
    event,
    JSON.stringify({ pull_request: { number: pull.number, head: side(pull.head), base: side(pull.base) } }),
  );
  const result: Record<string, { action: Timed; cli: Timed }> = {};
  for (const step of ['prepare', 'train', 'validate']) {
    const files = Object.fromEntries(
      await Promise.all(
        ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map(async (name) => {
          const file = path.join(scratch, `${runId}-${step}-${name}`);
          await writeFile(file, '');
          return [name, file] as const;
        }),
      ),
    );
    const env = {
      PATH: process.env.PATH,
      CI: 'true',
      ...files,
      INPUT_STEP: step,
      INPUT_INPUTS: JSON.stringify(inputs[step]),
      GITHUB_REPOSITORY: 'acme/fuel',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_SHA: pull.head.sha,
      GITHUB_RUN_ID: String(runId),
      GITHUB_WORKSPACE: workspace,
      GITHUB_API_URL: github.url,
      ACTIONS_RESULTS_URL: `${github.origin}/`,
      ACTIONS_RUNTIME_TOKEN: service.runtimeToken(run),
    };
    const action = await timed([path.join(bundle, 'index.js')], { cwd: workspace, env }, firstLine[step]);
    const cli = await timed(
      [path.join(root, 'cli/ciclo.js'), step, '--quiet', '--output', path.join(scratch, `cli-${runId}`)],
      { cwd: workspace, env: { PATH: process.env.PATH, CI: 'true' } },
    );
    result[step] = { action, cli };
  }
  return result;
}

const median = (all: readonly number[]): number =>
  Number(all.toSorted((a, b) => a - b)[all.length >> 1]!.toFixed(3));
const jobs: Awaited<ReturnType<typeof job>>[] = [];
for (let i = 0; i < repeats; i++) jobs.push(await job(1000 + i));
await github[Symbol.asyncDispose]();

const steps = Object.fromEntries(
  ['prepare', 'train', 'validate'].map((step) => [
    step,
    {
      action: median(jobs.map((one) => one[step]!.action.seconds)),
      toItsFirstLine: median(jobs.map((one) => one[step]!.action.reached ?? Number.NaN)),
      commandLine: median(jobs.map((one) => one[step]!.cli.seconds)),
    },
  ]),
);
const totals = (of: 'action' | 'cli') =>
  median(jobs.map((one) => Object.values(one).reduce((sum, step) => sum + step[of].seconds, 0)));
const sizes = await Promise.all(
  (await readdir(bundle)).map(async (name) => ({ name, bytes: (await stat(path.join(bundle, name))).size })),
);
const megabytes = (filter: (name: string) => boolean): number =>
  Number(
    (sizes.filter(({ name }) => filter(name)).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1),
  );
await rm(scratch, { recursive: true, force: true });
console.log(
  JSON.stringify(
    {
      benchmark: 'actions',
      machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
      unit: 's, median',
      repeats,
      steps,
      gate: { actions: totals('action'), commandLine: totals('cli') },
      dist: {
        megabytes: megabytes((name) => !name.endsWith('.wasm')),
        wasm: megabytes((name) => name.endsWith('.wasm')),
      },
    },
    null,
    2,
  ),
);
process.exit();
