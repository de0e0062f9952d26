import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalTags } from '../../forge/local/tags.ts';
import type { Tags } from '../../forge/ports/tags.ts';
import { createRandom } from '../../platform/random.ts';
import { type Registry, readRegistry } from './registry.ts';
import type { RegistryTag } from './registry-events.ts';
import { planAssignment, planRegistration } from './registry-plan.ts';
import { previousVersion, rollbackTarget } from './rollback.ts';
import { formatVersion, type Version } from './version.ts';

/** GTO 1.10 of PyPI; .ci/run installs it and names it here. */
const gto = process.env.CICLO_GTO;

/** Of the first tag, in seconds. Commits are older: GTO counts them among what happened. */
const start = 1_767_600_000;
const now = start * 1000;
const digest = (n: number) => `sha256:${String(n).padStart(64, '0')}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo gto '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const env = { ...process.env, GIT_CONFIG_GLOBAL: '', GIT_COMMITTER_NAME: 't', GIT_COMMITTER_EMAIL: 't@t' };

function git(repository: string, words: readonly string[], input = ''): string {
  const date = { GIT_COMMITTER_DATE: '2025-01-01T00:00:00Z' };
  return execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    encoding: 'utf8',
    env: { ...env, ...date },
    input,
  }).trim();
}

interface Repository {
  readonly path: string;
  readonly commits: readonly string[];
  readonly tags: Tags;
  readonly registry: () => Promise<Registry>;
}

function repositoryOf(name: string): Repository {
  const repository = path.join(folder, name);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  const commits = ['one', 'two', 'three', 'four'].map((message) => {
    git(repository, ['commit', '--quiet', '--allow-empty', `--message=${message}`]);
    return git(repository, ['rev-parse', 'HEAD']);
  });
  const place = { repository, folder: path.join(folder, 'forge'), author: 'ciclo', name: 'local/fuel' };
  const tags = createLocalTags(place);
  return {
    path: repository,
    commits,
    tags,
    registry: async () => readRegistry(await tags.list('fuel'), 'fuel'),
  };
}

const run = (repository: Repository, ...words: string[]): string =>
  execFileSync(gto!, [...words, '--repo', repository.path], { encoding: 'utf8', env });

/** GTO's own account of a repository, beside ours. */
async function expectSame(repository: Repository): Promise<void> {
  const registry = await repository.registry();
  expect(JSON.parse(run(repository, 'show', '--json'))).toEqual(shown(registry));
  const events: Record<string, unknown>[] = JSON.parse(run(repository, 'history', '--json'));
  const told = events.filter(({ event }) => event !== 'commit');
  expect(
    told.map(({ event, ref, commit, version, stage }) => ({ event, ref, commit, version, stage })),
  ).toEqual(
    registry.history.map(({ kind, tag, commit, version, stage }) => ({
      event: kind,
      ref: tag,
      commit,
      version: version ? formatVersion(version) : null,
      stage: stage ?? null,
    })),
  );
}

function shown({ versions, stages, deprecated }: Registry): unknown {
  if (deprecated) return {};
  const newest = versions.at(-1);
  const held = [...stages].map(([stage, { version }]) => [stage, formatVersion(version)]);
  const version = newest ? formatVersion(newest.version) : null;
  return { fuel: { version, stage: Object.fromEntries(held), registered: true, active: true } };
}

/** GTO's tags have the time of the clock in whole seconds: the new one gets a new date, so that no test has to wait. */
function redate(repository: Repository, known: readonly string[], time: number): string {
  const name = git(repository.path, ['tag', '--list'])
    .split('\n')
    .find((one) => !known.includes(one))!;
  const old = git(repository.path, ['cat-file', 'tag', name]);
  const dated = `${old.replace(/^(tagger .*>) \d+ [+-]\d{4}$/m, `$1 ${time} +0000`)}\n`;
  git(repository.path, ['update-ref', `refs/tags/${name}`, git(repository.path, ['mktag'], dated)]);
  return name;
}

describe.skipIf(gto === undefined)('with GTO itself (CICLO_GTO names the program)', () => {
  test('what we write, GTO lists and resolves', async () => {
    const repository = repositoryOf('ours');
    const { commits, tags, registry } = repository;
    const write = async ({ tag }: { readonly tag: RegistryTag | undefined }) => tags.create(tag!);
    const register = async (n: number) =>
      write(
        planRegistration(await registry(), { bump: 'minor', commit: commits[n]!, model: digest(n), now }),
      );
    const give = async (stage: string, version: Version, by: { readonly pushed?: string } = {}) => {
      const expected = (await registry()).stages.get(stage);
      return write(planAssignment(await registry(), { stage, version, expected, now, ...by }));
    };
    const assign = async (n: number, stage: string) =>
      give(stage, (await registry()).versions[n]!.version, { pushed: commits[n]! });
    await register(0);
    await assign(0, 'production');
    await register(1);
    await assign(1, 'staging');
    await assign(1, 'production');
    await give('production', rollbackTarget(await registry(), 'production', 'previous').version);
    await expectSame(repository);
    expect(JSON.parse(run(repository, 'show', '--json'))).toEqual({
      fuel: {
        version: 'v1.1.0',
        stage: { production: 'v1.0.0', staging: 'v1.1.0' },
        registered: true,
        active: true,
      },
    });
    expect(run(repository, 'show', 'fuel#production', '--ref').trim()).toBe('fuel@v1.0.0');
    expect(run(repository, 'show', 'fuel@latest', '--ref').trim()).toBe('fuel@v1.1.0');
    const checked = JSON.parse(run(repository, 'check-ref', 'fuel#production#4', '--json'));
    expect(JSON.stringify(checked)).toContain('Assigning stage production to artifact fuel version v1.0.0');
  });

  test('what GTO writes, we read the same, and it words it as we do', async () => {
    const repository = repositoryOf('theirs');
    const [first, second] = repository.commits as [string, string];
    const known: string[] = [];
    const does = async (...words: string[]) => {
      run(repository, ...words);
      known.push(redate(repository, known, start + known.length));
      await expectSame(repository);
    };
    const of = (n: number) => ['--version', `v1.${n}.0`];
    await does('register', 'fuel', first, ...of(0));
    await does('assign', 'fuel', ...of(0), '--stage', 'production');
    await does('register', 'fuel', second, '--bump-minor');
    await does('assign', 'fuel', ...of(1), '--stage', 'production');
    await does('deprecate', 'fuel', 'v1.1.0', 'production');
    await does('assign', 'fuel', ...of(1), '--stage', 'production', '--simple', 'true');
    await does('deprecate', 'fuel', 'v1.1.0');
    await does('deprecate', 'fuel');
    expect(known).toEqual([
      'fuel@v1.0.0',
      'fuel#production#1',
      'fuel@v1.1.0',
      'fuel#production#2',
      'fuel#production!#3',
      'fuel#production',
      'fuel@v1.1.0!',
      'fuel@deprecated',
    ]);
  });

  test.each([1, 2, 3, 4])('tags in any order mean to GTO what they mean to us (%d)', async (seed) => {
    const repository = repositoryOf(`any order ${seed}`);
    const random = createRandom(seed);
    const used = new Set<string>();
    for (let time = start; used.size < 14; time++) {
      const n = random.integer(4);
      const version = `fuel@v1.${n}.0`;
      const stage = random.integer(3) === 0 ? 'staging' : 'production';
      const assignment = `fuel#${stage}#${used.size}`;
      const unassignment = `fuel#${stage}!#${used.size}`;
      const name = [assignment, assignment, assignment, unassignment, `${version}!`][random.integer(5)]!;
      // A version is there before anything happens to it.
      const next = used.has(version) ? name : version;
      if (used.has(next)) continue;
      used.add(next);
      await repository.tags.create({ name: next, commit: repository.commits[n]!, time, message: 'any' });
    }
    await expectSame(repository);
  });

  test('two versions on one commit GTO does not read, even if one was taken back, and we do not plan', async () => {
    const repository = repositoryOf('twice');
    const { commits, tags, registry } = repository;
    const names = ['fuel@v1.0.0', 'fuel@v1.0.0!', 'fuel@v1.1.0', 'fuel#production#1'];
    for (const [i, name] of names.entries()) {
      await tags.create({ name, commit: commits[0]!, time: start + i, message: 'any' });
    }
    expect(() => run(repository, 'show', '--json')).toThrow(/Multiple versions are not allowed/);
    const again = { bump: 'patch', commit: commits[0]!, model: digest(9), now } as const;
    const read = await registry();
    expect(() => planRegistration(read, again)).toThrow(/one commit can have one version of fuel/);
    expect(previousVersion(read, 'production')).toBeUndefined();
  });
});
