import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { raised } from '../../scripts/next-version.ts';
import { proposalBranch } from '../../scripts/release-proposal.ts';
import { runWorkflow } from './actions/support/act.ts';
import { copyOfExample, removeAll } from './support/ciclo-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
/** A checkout of the project whose origin is a bare repository on this machine. */
let checkout: string;
let origin: string;

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: checkout, encoding: 'utf8' }).trim();
}

/** A script of the checkout, as release.yml runs it there. */
function script(name: string, ...words: string[]): string {
  return execFileSync(process.execPath, [path.join('scripts', name), ...words], {
    cwd: checkout,
    encoding: 'utf8',
  });
}

async function json(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(checkout, file), 'utf8'));
}

/** What git knows of the project, as it is now, in a repository of its own. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-rehearsal-'));
  checkout = path.join(folder, 'ciclo');
  origin = path.join(folder, 'origin.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  execFileSync('git', ['clone', '--quiet', origin, checkout], { stdio: 'ignore' });
  git('config', 'user.name', 'a release');
  git('config', 'user.email', 'release@example.com');
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of listed
    .toString()
    .split('\0')
    .filter((name) => name !== '')) {
    await mkdir(path.dirname(path.join(checkout, file)), { recursive: true });
    await copyFile(path.join(root, file), path.join(checkout, file)).catch((error: NodeJS.ErrnoException) => {
      // Deleted in the working tree and not committed yet.
      if (error.code !== 'ENOENT') throw error;
    });
  }
  // So that there is something to release right after a release, too.
  await writeFile(
    path.join(checkout, '.changeset', 'rehearsal.md'),
    "---\n'ciclo': patch\n---\n\nA rehearsal.\n",
  );
  await symlink(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  await writeFile(path.join(checkout, '.git', 'info', 'exclude'), 'node_modules\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'feat: everything');
  git('push', '--quiet', 'origin', 'HEAD:main');
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a release, rehearsed on a repository of this machine', () => {
  let version: string;
  let major: string;

  test('begins with a version pull request: version, lockfile, list of changes, code and pages agree', async () => {
    const before = (await json('package.json')).version as string;
    version = script('version.ts').trim().split('\n').at(-1)!;
    major = `v${version.split('.')[0]}`;
    expect(version).not.toBe(before);
    expect([raised(before, ['major']), raised(before, ['minor']), raised(before, ['patch'])]).toContain(
      version,
    );
    expect(await json('package.json')).toMatchObject({ version, private: true });
    expect(await json('package-lock.json')).toMatchObject({ version, packages: { '': { version } } });
    expect(await readFile(path.join(checkout, 'CHANGELOG.md'), 'utf8')).toContain(`## ${version}\n`);
    expect(await readFile(path.join(checkout, 'shared/platform/version.ts'), 'utf8')).toContain(
      `'${version}'`,
    );
    expect(await readFile(path.join(checkout, 'README.md'), 'utf8')).toContain(`@${major}`);
    expect(git('ls-files', '--deleted', '.changeset')).toContain('.changeset/rehearsal.md');
    // Only the numbers of the package itself: nothing is resolved again.
    expect(git('diff', '--numstat', 'package-lock.json').split('\t').slice(0, 2)).toEqual(['2', '2']);
  });

  test('proposes it as one branch, which is made again when it is asked for again', async () => {
    git('add', '--all');
    const patch = path.join(folder, 'version.patch');
    await writeFile(patch, execFileSync('git', ['diff', '--binary', '--cached'], { cwd: checkout }));
    git('reset', '--quiet', '--hard');
    const asked = ['--patch', patch, '--version', version];
    const said = script('release-propose.ts', ...asked);
    expect(script('release-propose.ts', ...asked)).toBe(said);
    expect(git('status', '--porcelain')).toBe('');
    git('fetch', '--quiet', 'origin', proposalBranch);
    expect(git('show', '-s', '--format=%s', 'FETCH_HEAD')).toBe(`chore(release): v${version}`);
    expect(git('rev-parse', 'FETCH_HEAD^')).toBe(git('rev-parse', 'HEAD'));
    // The merge of the pull request.
    git('merge', '--quiet', '--no-ff', '--message', 'merge', 'FETCH_HEAD');
    git('push', '--quiet', 'origin', 'HEAD:main');
    expect(await json('package.json')).toMatchObject({ version });
    expect(script('version.ts')).toContain('no changeset asks for a release');
  });

  test('ends in the tags of the version and of its major version', () => {
    const tree = path.join(folder, 'release');
    // act does not know `$/`: docs/guides/github-actions.md.
    script('build-release.ts', '--output', tree, '--self', `ciclo-ml/ciclo@${major}`);
    const source = git('rev-parse', 'HEAD');
    script('release-publish.ts', '--tree', tree, '--version', version, '--source', source);
    const refs = git('ls-remote', 'origin')
      .split('\n')
      .map((line) => line.split('\t')[1]);
    expect(refs).toEqual(
      expect.arrayContaining([`refs/heads/releases/${major}`, `refs/tags/v${version}`, `refs/tags/${major}`]),
    );
  }, 900_000);

  test('which a workflow uses: uses: ciclo-ml/ciclo/actions/prepare', async () => {
    const released = path.join(folder, 'fetched');
    execFileSync('git', ['clone', '--quiet', '--branch', major, origin, released], { stdio: 'ignore' });
    // What `ciclo init` names for editors, by this tag.
    expect(JSON.parse(await readFile(path.join(released, 'ciclo.schema.json'), 'utf8'))).toHaveProperty(
      'properties.task',
    );
    const example = await copyOfExample('released');
    try {
      const workflow = '.github/workflows/try.yml';
      await writeFile(
        path.join(example, workflow),
        [
          'on: push',
          'permissions: {}',
          'jobs:',
          '  try:',
          '    runs-on: ubuntu-latest',
          '    steps:',
          '      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
          `      - uses: ciclo-ml/ciclo/actions/prepare@${major}`,
          '        with: { artifacts: false }',
          '',
        ].join('\n'),
      );
      execFileSync('git', ['init', '--quiet', '--initial-branch=main', example]);
      execFileSync('git', ['-C', example, 'add', '--all']);
      execFileSync('git', [
        '-C',
        example,
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@t',
        'commit',
        '-qm',
        'cars',
      ]);
      const run = await runWorkflow({
        ...{ act: inject('act'), folder: example, workflow, event: 'push', payload: {} },
        ...{ folders: [], token: 'none', release: released, environment: {} },
      });
      expect(run.log).toContain(`ciclo-ml/ciclo/actions/prepare@${major}`);
      expect(run.log).toMatch(/rows/);
      expect(run.passed, run.log).toBe(true);
    } finally {
      await removeAll([example]);
    }
  });
});
