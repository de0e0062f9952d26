import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../tests/github/route.ts';
import { addRepository, addToken } from '../../tests/github/seed.ts';
import { startGitHub } from '../../tests/github/server.ts';
import { nodeFinding } from '../doctor/machine-checks.ts';
import { doctorJsonSchema } from '../json/json-doctor.ts';
import { runInMemory, runInMemoryAt, type Surroundings } from '../testing/test-io.ts';

let root: string;

function git(...words: string[]): string {
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  return execFileSync('git', [...author, ...words], { cwd: root, encoding: 'utf8' }).trim();
}

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'ciclo doctor ')));
  const rows = Array.from({ length: 60 }, (_, i) => `2024-0${1 + (i % 9)}-01,${i % 7},${(i * 31) % 19}`);
  await writeFile(path.join(root, 'data.csv'), `day,size,price\n${rows.join('\n')}\n`);
  git('init', '--quiet', '--initial-branch', 'main');
  await runInMemory(['init', '--yes', '--no-run', '--time', 'day'], { cwd: root });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The findings by what was looked at; of several the worst. */
async function doctor(around: Surroundings = {}, ...argv: string[]) {
  const { stdout, code, stderr } = await runInMemory(['doctor', '--json', ...argv], { cwd: root, ...around });
  expect(stderr).not.toMatch(/bug/);
  const { findings, status } = doctorJsonSchema.parse(JSON.parse(stdout));
  const order = ['ok', 'unknown', 'warn', 'fail'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return { code, status, by: Object.fromEntries(sorted.map((one) => [one.check, one])) };
}

const workflow = (name: string) => path.join(root, '.github/workflows', name);

async function change(name: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(workflow(name), 'utf8');
  expect(text).toMatch(from);
  await writeFile(workflow(name), text.replace(from, to));
}

describe('what init made', () => {
  test('fails nothing; that there is no remote is said, with what makes one', async () => {
    const { code, status, by } = await doctor({}, '--exit-code');
    expect({ code, status }).toEqual({ code: 0, status: 'warn' });
    expect(by.remote).toMatchObject({ status: 'warn', mend: 'gh repo create --private --source . --push' });
    for (const check of [
      'node',
      'git',
      'repository',
      'ciclo.yml',
      'ciclo.lock',
      'workflows',
      'permissions',
      'committed',
      'line ends',
    ]) {
      expect(by[check]).toMatchObject({ status: 'ok' });
    }
  });

  test('is shown to people with what is amiss first', async () => {
    const { stdout } = await runInMemory(['doctor'], { cwd: root });
    expect(stdout.split('\n')[0]).toMatch(/^warning {2}remote: /);
    expect(stdout).toMatch(/→ gh repo create/);
  });
});

describe('something amiss in the checkout', () => {
  test('a permission that is taken out stops the run, and --exit-code says so', async () => {
    await change('model.yml', / {6}checks: write.*\n/, '');
    const { code, by } = await doctor({}, '--exit-code');
    expect(code).toBe(1);
    expect(by.permissions).toMatchObject({ status: 'fail', mend: 'jobs.gate.permissions: checks: write' });
    expect((await doctor()).code).toBe(0);
  });

  test('a secret that ciclo.yml asks for and no job passes on', async () => {
    const config = await readFile(path.join(root, 'ciclo.yml'), 'utf8');
    const url = '{ type: http, url: "https://example.com/x?k=${{ env.CICLO_API_KEY }}", format: csv }';
    await writeFile(path.join(root, 'ciclo.yml'), config.replace(/ {2}source: .*/, `  source: ${url}`));
    const { by } = await doctor();
    expect(by.secrets).toMatchObject({
      status: 'fail',
      mend: expect.stringContaining('CICLO_API_KEY: ${{ secrets.CICLO_API_KEY }}'),
    });
    expect(by['ciclo.lock']).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('CICLO_API_KEY'),
    });
  });

  test('data that has changed since the lock', async () => {
    await writeFile(
      path.join(root, 'data.csv'),
      `${await readFile(path.join(root, 'data.csv'), 'utf8')}2024-05-01,3,4\n`,
    );
    expect((await doctor()).by['ciclo.lock']).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('+1'),
    });
  });

  test('a configuration that cannot be read, and one that is not there', async () => {
    await writeFile(path.join(root, 'ciclo.yml'), 'task: regresion\n');
    expect((await doctor()).by['ciclo.yml']).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/regresion/),
    });
    await rm(path.join(root, 'ciclo.yml'));
    expect((await doctor()).by['ciclo.yml']).toMatchObject({ status: 'fail', mend: 'ciclo init' });
  });

  test('a declaration that is not committed, or that git ignores', async () => {
    await writeFile(
      path.join(root, 'ciclo.yml'),
      `${await readFile(path.join(root, 'ciclo.yml'), 'utf8')}\n`,
    );
    expect((await doctor()).by.committed).toMatchObject({
      status: 'warn',
      message: expect.stringMatching(/^ciclo\.yml is not committed as here/),
      mend: 'git add ciclo.yml && git commit -m "Declare the model"',
    });
    git('rm', '--quiet', '--cached', 'ciclo.lock');
    await writeFile(path.join(root, '.gitignore'), '*.lock\n');
    expect((await doctor()).by.committed).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/^git ignores ciclo\.lock/),
    });
  });

  test('line ends that git may change, and such that it has changed', async () => {
    git('rm', '--quiet', '.gitattributes');
    const { by } = await doctor();
    expect(by['line ends']).toMatchObject({
      status: 'warn',
      mend: "echo '/data.csv -text' >> .gitattributes",
    });
    git('config', 'core.autocrlf', 'true');
    await rm(path.join(root, 'data.csv'));
    git('checkout', '--quiet', '--', 'data.csv');
    const { by: changed } = await doctor();
    expect(changed['line ends']).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(
        /changed the line ends of data\.csv \(lf in the repository, crlf here\)/,
      ),
    });
    // What mends it does.
    execFileSync('bash', ['-ec', changed['line ends']!.mend!], { cwd: root, stdio: 'ignore' });
    expect((await doctor()).by['line ends']).toMatchObject({ status: 'ok' });
    expect((await doctor()).by['ciclo.lock']).toMatchObject({ status: 'ok' });
  });

  test('data that GitHub would refuse, unless Git LFS has it', async () => {
    const large = path.join(root, 'more.csv');
    await writeFile(large, 'day,size,price\n');
    await truncate(large, 101 * 2 ** 20);
    const text = await readFile(path.join(root, 'ciclo.yml'), 'utf8');
    expect(text).not.toMatch(/^monitor:/m);
    await writeFile(
      path.join(root, 'ciclo.yml'),
      `${text}\nmonitor:\n  source: { type: file, path: more.csv }\n`,
    );
    const found = async () => (await doctor()).by['file sizes'];
    expect(await found()).toMatchObject({
      status: 'fail',
      message:
        'more.csv (101 MiB) is too large for git: GitHub refuses a push with a file of more than 100 MiB',
      mend: expect.stringMatching(/^git lfs install && git lfs track "more\.csv" && .*s3:\/\/.*database/),
    });
    await truncate(large, 60 * 2 ** 20);
    expect(await found()).toMatchObject({ status: 'warn' });
    await writeFile(path.join(root, '.gitattributes'), 'more.csv filter=lfs\n');
    expect(await found()).toBeUndefined();
    await rm(path.join(root, '.git'), { recursive: true });
    expect(await found()).toMatchObject({ status: 'warn' });
  });

  test('owners who are nobody, patterns that name nothing, and rules that nobody answers for', async () => {
    const file = path.join(root, '.github/CODEOWNERS');
    const owners = async (text: string) => {
      await writeFile(file, text);
      const { stdout } = await runInMemory(['doctor', '--json'], { cwd: root });
      return doctorJsonSchema
        .parse(JSON.parse(stdout))
        .findings.flatMap(({ check, status, message }) =>
          check === 'code owners' ? [`${status} ${message}`] : [],
        );
    };
    expect(await owners('* @acme/owners\n')).toEqual([
      'ok .github/CODEOWNERS names who is asked when the rules change',
    ]);
    expect(await owners('* @acme/owners\n/models/ @a\n/ciclo.yml acme\n')).toEqual([
      expect.stringMatching(/^fail \.github\/CODEOWNERS:3: "acme" is no owner/),
      'warn .github/CODEOWNERS:2: "/models/" names no file of the repository',
    ]);
    expect(await owners('/.github/ @acme/owners\n')).toEqual([
      expect.stringMatching(/^warn \.github\/CODEOWNERS names nobody for ciclo\.yml: /),
    ]);
  });

  test('a workflow that is no YAML', async () => {
    await writeFile(workflow('drift.yml'), 'on: [push\njobs: {');
    expect((await doctor()).by.workflows).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/drift\.yml is no YAML/),
    });
  });

  test('a shallow clone, and tags that only the remote has', async () => {
    const far = `${root} far`;
    git('tag', '--annotate', 'ciclo-doctor@v1.0.0', '--message', 'a version');
    git(
      'tag',
      '--annotate',
      `${path
        .basename(root)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')}@v1.0.0`,
      '--message',
      'v',
    );
    git('commit', '--quiet', '--allow-empty', '--message', 'more');
    execFileSync('git', ['clone', '--quiet', '--bare', root, far]);
    const near = `${root} near`;
    execFileSync('git', ['clone', '--quiet', '--depth', '1', '--no-tags', `file://${far}`, near]);
    try {
      const { by } = await doctor({ cwd: near });
      expect(by.history).toMatchObject({ status: 'warn', mend: 'git fetch --unshallow --tags' });
      expect(by.tags).toMatchObject({ status: 'warn', mend: 'git fetch --tags' });
    } finally {
      await rm(far, { recursive: true });
      await rm(near, { recursive: true });
    }
  });

  test('a folder in no repository', async () => {
    const cwd = await mkdtemp(path.join(tmpdir(), 'ciclo doctor '));
    expect((await doctor({ cwd })).by.repository).toMatchObject({
      status: 'fail',
      mend: expect.stringMatching(/^git init/),
    });
    await rm(cwd, { recursive: true });
  });
});

test('a schedule is told after 60 days without a commit', async () => {
  const dated = (days: number) => {
    const date = `@${-days * 24 * 3600 + 100 * 24 * 3600} +0000`;
    execFileSync(
      'git',
      [
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b.c',
        'commit',
        '--quiet',
        '--amend',
        '--no-edit',
        '--date',
        date,
      ],
      {
        cwd: root,
        env: { ...process.env, GIT_COMMITTER_DATE: date },
      },
    );
  };
  const now = 100 * 24 * 3600 * 1000;
  const look = async () => JSON.parse((await runInMemoryAt(now, ['doctor', '--json'], { cwd: root })).stdout);
  dated(61);
  expect((await look()).findings).toContainEqual(
    expect.objectContaining({ check: 'schedule', status: 'warn', mend: 'gh workflow enable drift.yml' }),
  );
  dated(59);
  expect((await look()).findings).toContainEqual(
    expect.objectContaining({ check: 'schedule', status: 'ok' }),
  );
});

test('an old Node is told, with what to type', () => {
  expect(nodeFinding('20.1.0')).toMatchObject({ status: 'fail', mend: expect.stringContaining('node@24') });
  expect(nodeFinding('24.0.0')).toMatchObject({ status: 'ok' });
});

describe('at GitHub', () => {
  const repo = '/repos/{owner}/{repo}';
  const route = (path: string, answer: () => Answer) =>
    ({ method: 'GET', path: `${repo}${path}`, contract: 'own', answer }) as const;

  /** The settings of a repository that are asked for, as GitHub answers. */
  async function settings(given: {
    state: string;
    rules: number;
    mayOpen: boolean;
    required: string[];
    unknownOwners?: number[];
  }) {
    const github = await startGitHub();
    addRepository(github.state, 'acme/houses');
    addToken(github.state, 'ghp_x', {});
    github.routes([
      route('/actions/workflows', () => ({
        status: 200,
        body: { total_count: 1, workflows: [{ path: '.github/workflows/drift.yml', state: given.state }] },
      })),
      route('/environments/{environment_name}', () =>
        given.rules < 0
          ? { status: 404, body: { message: 'Not Found' } }
          : { status: 200, body: { protection_rules: Array.from({ length: given.rules }, () => ({})) } },
      ),
      route('/actions/permissions/workflow', () => ({
        status: 200,
        body: { default_workflow_permissions: 'read', can_approve_pull_request_reviews: given.mayOpen },
      })),
      route('/codeowners/errors', () => ({
        status: 200,
        body: {
          errors: (given.unknownOwners ?? []).map((line) => ({
            ...{ line, column: 1, kind: 'Unknown owner', path: '.github/CODEOWNERS' },
            message: 'Unknown owner on line 1',
          })),
        },
      })),
      route('/rules/branches/{branch}', () => ({
        status: 200,
        body: [
          {
            type: 'required_status_checks',
            parameters: { required_status_checks: given.required.map((context) => ({ context })) },
          },
        ],
      })),
    ]);
    git('remote', 'add', 'origin', 'https://github.com/acme/houses.git');
    return github;
  }

  test('what is set up as it should be is ok', async () => {
    await using github = await settings({
      state: 'active',
      rules: 1,
      mayOpen: true,
      required: ['gate / gate'],
    });
    const environment = { GH_TOKEN: 'ghp_x', GITHUB_API_URL: github.url };
    const { by } = await doctor({ environment });
    for (const check of ['workflow state', 'required check', 'environment', 'pull requests']) {
      expect(by[check]).toMatchObject({ status: 'ok' });
    }
  });

  test('what is not has its mend, and its page', async () => {
    await using github = await settings({
      state: 'disabled_inactivity',
      rules: -1,
      mayOpen: false,
      required: [],
    });
    const environment = { GITHUB_TOKEN: 'ghp_x', GITHUB_API_URL: github.url };
    const { by } = await doctor({ environment });
    expect(by['workflow state']).toMatchObject({ status: 'fail', mend: 'gh workflow enable drift.yml' });
    expect(by['required check']).toMatchObject({
      status: 'warn',
      mend: expect.stringMatching(/acme\/houses\/settings\/rules\/new/),
    });
    expect(by.environment).toMatchObject({
      status: 'warn',
      message: expect.stringMatching(/no environment production yet/),
    });
    expect(by['pull requests']).toMatchObject({
      status: 'fail',
      mend: expect.stringMatching(/acme\/houses\/settings\/actions/),
    });
  });

  test('owners whom GitHub does not know are told', async () => {
    await writeFile(path.join(root, '.github/CODEOWNERS'), '* @acme\n');
    const usual = { state: 'active', rules: 1, mayOpen: true, required: ['gate / gate'] };
    await using github = await settings({ ...usual, unknownOwners: [1] });
    const environment = { GH_TOKEN: 'ghp_x', GITHUB_API_URL: github.url };
    expect((await doctor({ environment })).by['known owners']).toMatchObject({
      status: 'fail',
      message: expect.stringContaining('.github/CODEOWNERS:1: Unknown owner'),
      mend: expect.stringContaining('@acme/model-owners'),
    });
  });

  test('without a token each says where to look, and what a token may not see is not known', async () => {
    await using github = await startGitHub();
    git('remote', 'add', 'origin', 'https://github.com/acme/houses.git');
    const { by } = await doctor();
    expect(by.environment).toMatchObject({
      status: 'unknown',
      mend: 'look at https://github.com/acme/houses/settings/environments',
    });
    const refused = await doctor({ environment: { GH_TOKEN: 'ghp_unknown', GITHUB_API_URL: github.url } });
    expect(refused.by.environment).toMatchObject({ status: 'unknown' });
    github.takeViolations();
  });
});
