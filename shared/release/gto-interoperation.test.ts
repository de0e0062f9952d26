import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalTags } from '../forge/local-tags.ts';
import { formatGtoTag, type GtoEvent, gtoMessage } from './gto-tag.ts';
import { readRegistry } from './registry.ts';

/** GTO 1.10 of PyPI; .ci/run installs it and names it here. */
const gto = process.env.CICLO_GTO;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo gto '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const git = (repository: string, ...words: string[]): string =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    encoding: 'utf8',
    env: { ...process.env, GIT_COMMITTER_NAME: 't', GIT_COMMITTER_EMAIL: 't@t' },
  }).trim();

function repositoryOf(name: string): { path: string; commits: string[] } {
  const repository = path.join(folder, name);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  const commits = ['one', 'two'].map((message) => {
    git(repository, 'commit', '--quiet', '--allow-empty', `--message=${message}`);
    return git(repository, 'rev-parse', 'HEAD');
  });
  return { path: repository, commits };
}

const place = (repository: string) => ({
  repository,
  folder: path.join(folder, 'forge'),
  author: 'ciclo',
  name: 'local/fuel',
});

function run(repository: string, ...words: string[]): string {
  return execFileSync(gto!, [...words, '--repo', repository], {
    encoding: 'utf8',
    env: { ...process.env, GIT_COMMITTER_NAME: 't', GIT_COMMITTER_EMAIL: 't@t', GTO_EMAIL: 't@t' },
  });
}

describe.skipIf(gto === undefined)('with GTO itself (CICLO_GTO names the program)', () => {
  test('what we write, GTO lists and resolves', async () => {
    const { path: repository, commits } = repositoryOf('ours');
    const tags = createLocalTags(place(repository));
    const one = { major: 1, minor: 0, patch: 0 };
    const two = { major: 1, minor: 1, patch: 0 };
    const assignment = (number: number): GtoEvent => ({
      kind: 'assignment',
      artifact: 'fuel',
      stage: 'production',
      number,
    });
    const events: readonly (readonly [GtoEvent, typeof one, number])[] = [
      [{ kind: 'registration', artifact: 'fuel', version: one }, one, 0],
      [assignment(1), one, 0],
      [{ kind: 'registration', artifact: 'fuel', version: two }, two, 1],
      [assignment(2), two, 1],
      // A rollback: the older version is assigned anew.
      [assignment(3), one, 0],
    ];
    for (const [i, [event, version, commit]] of events.entries()) {
      await tags.create({
        name: formatGtoTag(event),
        commit: commits[commit]!,
        time: 1_767_600_000 + i,
        message: `${gtoMessage(event, version)}\n\nmodel: sha256:${'0'.repeat(64)}`,
      });
    }
    expect(JSON.parse(run(repository, 'show', '--json'))).toEqual({
      fuel: { version: 'v1.1.0', stage: { production: 'v1.0.0' }, registered: true, active: true },
    });
    const history: { event: string; version: string }[] = JSON.parse(run(repository, 'history', '--json'));
    const told = history.filter(({ event }) => event !== 'commit');
    expect(told.map(({ event, version }) => `${event} ${version}`)).toEqual([
      'assignment v1.0.0',
      'assignment v1.1.0',
      'registration v1.1.0',
      'assignment v1.0.0',
      'registration v1.0.0',
    ]);
    expect(run(repository, 'show', 'fuel#production', '--ref').trim()).toBe('fuel@v1.0.0');
  });

  test('what GTO writes, we read the same', async () => {
    const { path: repository, commits } = repositoryOf('theirs');
    const later = () => new Promise((resolve) => setTimeout(resolve, 1100)); // GTO's tags have whole seconds
    run(repository, 'register', 'fuel', commits[0]!, '--version', 'v1.0.0');
    await later();
    run(repository, 'assign', 'fuel', '--version', 'v1.0.0', '--stage', 'production');
    await later();
    run(repository, 'register', 'fuel', commits[1]!, '--version', 'v1.1.0');
    await later();
    run(repository, 'assign', 'fuel', '--version', 'v1.1.0', '--stage', 'production');
    const registry = readRegistry(await createLocalTags(place(repository)).list('fuel'), 'fuel');
    expect(registry.versions.map(({ tag, commit }) => [tag, commit])).toEqual([
      ['fuel@v1.0.0', commits[0]],
      ['fuel@v1.1.0', commits[1]],
    ]);
    expect(registry.stages.get('production')?.tag).toBe('fuel@v1.1.0');
    expect(registry.assignments.map(({ tag }) => tag)).toEqual(['fuel#production#1', 'fuel#production#2']);
    await later();
    run(repository, 'deprecate', 'fuel');
    expect(readRegistry(await createLocalTags(place(repository)).list('fuel'), 'fuel').deprecated).toBe(true);
  });
});
