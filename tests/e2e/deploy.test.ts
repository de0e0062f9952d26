import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runJsonSchema } from '../../cli/json/json-output.ts';
import { deployJsonSchema, verifyJsonSchema, versionsJsonSchema } from '../../cli/json/json-versions.ts';
import { ciclo, copyOfExample, removeAll } from './support/ciclo-process.ts';

const folders: string[] = [];
afterAll(() => removeAll(folders));

const git = (folder: string, ...words: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    encoding: 'utf8',
  }).trim();

/** The example as a repository of its own, committed. */
async function repository(): Promise<string> {
  const folder = await copyOfExample('deploy');
  folders.push(folder);
  await writeFile(path.join(folder, '.gitignore'), '.ciclo/\n');
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=cars');
  return folder;
}

async function json<T>(folder: string, schema: { parse(value: unknown): T }, ...words: string[]): Promise<T> {
  const ended = await ciclo([...words, '--json'], { cwd: folder });
  expect(ended.stderr).not.toMatch(/bug in Ciclo/);
  expect(ended.code).toBe(0);
  return schema.parse(JSON.parse(ended.stdout));
}

describe('ciclo deploy', () => {
  test('makes versions of one repository, compares with the live one, goes back, and lists them', async () => {
    const folder = await repository();
    await json(folder, runJsonSchema, 'run');
    const first = await json(folder, deployJsonSchema, 'deploy');
    expect(first).toMatchObject({ tag: 'fuel@v1.0.0', change: 'deployed', environment: 'production' });
    expect((await json(folder, deployJsonSchema, 'deploy')).change).toBe('unchanged');

    expect((await ciclo(['lock', '--until', '1982', '--quiet'], { cwd: folder })).code).toBe(0);
    git(folder, 'commit', '--quiet', '--all', '--message=all years');
    const second = await json(folder, runJsonSchema, 'run');
    expect(second.evaluation.champion).toMatchObject({ name: 'fuel@v1.0.0', comparable: true });
    expect(await json(folder, deployJsonSchema, 'deploy')).toMatchObject({
      version: 'v1.0.1',
      replaced: 'v1.0.0',
      reasons: ['only the data changed'],
    });

    const back = await json(folder, deployJsonSchema, 'deploy', '--rollback-to', 'previous');
    expect(back).toMatchObject({ version: 'v1.0.0', replaced: 'v1.0.1', change: 'deployed' });
    const { versions } = await json(folder, versionsJsonSchema, 'versions');
    expect(versions.map(({ version, stages }) => [version, stages])).toEqual([
      ['v1.0.1', []],
      ['v1.0.0', ['production']],
    ]);
    expect(git(folder, 'tag').split('\n').sort()).toEqual([
      'fuel#production#1',
      'fuel#production#2',
      'fuel#production#3',
      'fuel@v1.0.0',
      'fuel@v1.0.1',
    ]);
    // GTO itself reads the same out of the repository; .ci/run installs it.
    const gto = process.env.CICLO_GTO;
    if (gto !== undefined) {
      const shown = execFileSync(gto, ['show', '--json', '--repo', folder], { encoding: 'utf8' });
      expect(JSON.parse(shown)).toMatchObject({
        fuel: { version: 'v1.0.1', stage: { production: 'v1.0.0' } },
      });
    }
  });

  test('makes what its commit gives: verify trains it again, and finds what does not fit', async () => {
    const folder = await repository();
    await json(folder, runJsonSchema, 'run');
    await json(folder, deployJsonSchema, 'deploy');
    const verified = await json(folder, verifyJsonSchema, 'verify', 'v1.0.0');
    expect(verified).toMatchObject({ tag: 'fuel@v1.0.0', same: true, bound: true });
    // The models of a blend among them.
    expect(verified.files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ensemble.json', 'part-1-1.weights.bin', 'recipe.json', 'smoke.json']),
    );
    expect(new Set(verified.files.map(({ outcome }) => outcome))).toEqual(new Set(['same']));
    expect(verified.unchecked).toEqual([
      "the attestation: attestations are GitHub's, and there is no remote origin",
    ]);
    expect(git(folder, 'tag', '--list', '--format=%(contents)', 'fuel@v1.0.0')).toMatch(
      new RegExp(
        `^Registering artifact fuel version v1\\.0\\.0\n\nmodel: ${verified.found}\nbundle: ${verified.bundle}\ncontent: sha256:[0-9a-f]{64}$`,
      ),
    );
    expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);

    // Another seed, not committed: the tag is on a commit that does not give this model.
    const config = path.join(folder, 'ciclo.yml');
    await writeFile(config, (await readFile(config, 'utf8')).replace('seed: 42', 'seed: 43'));
    await json(folder, runJsonSchema, 'run');
    const dirty = await ciclo(['deploy'], { cwd: folder });
    expect(dirty.code).toBe(2);
    expect(dirty.stderr).toMatch(/ciclo\.yml is not committed .* deploy anyway with --allow-dirty/);
    const refused = await ciclo(['deploy', '--allow-dirty'], { cwd: folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /is fuel@v1\.0\.0 already, and this is another model: one commit can have one/,
    );
    git(folder, 'commit', '--quiet', '--allow-empty', '--message=not that');
    await json(folder, deployJsonSchema, 'deploy', '--allow-dirty');
    const ended = await ciclo(['verify', 'fuel@v1.1.0', '--exit-code'], { cwd: folder });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/different fuel@v1\.1\.0 is not what/);
    const missing = await ciclo(['verify', 'v7.0.0'], { cwd: folder });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/fuel has no version "v7\.0\.0"; it has v1\.0\.0, v1\.1\.0/);
  });

  test('outside of a git repository, before a commit, and before a model: says what to do', async () => {
    const folder = await copyOfExample('no git');
    folders.push(folder);
    const refused = async (): Promise<string> => {
      const ended = await ciclo(['deploy'], { cwd: folder });
      expect(ended.code).toBe(2);
      return ended.stderr;
    };
    expect(await refused()).toMatch(
      /is in no git repository, and versions are tags of one: git init, commit/,
    );
    git(folder, 'init', '--quiet', '--initial-branch=main');
    expect(await refused()).toMatch(/has no commit yet, and a version is a tag on one: commit first/);
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message=cars');
    expect(await refused()).toMatch(/there is no model at .*: run ciclo train first/);
  });

  test('refuses what is not committed, whose tag would not give this model, unless it is allowed', async () => {
    const folder = await repository();
    await rm(path.join(folder, 'ciclo.lock'));
    expect((await ciclo(['run', '--quiet'], { cwd: folder })).code).toBe(0);
    const refused = await ciclo(['deploy'], { cwd: folder });
    expect(refused.code).toBe(2);
    expect(git(folder, 'tag')).toBe('');
    const ended = await ciclo(['deploy', '--allow-dirty'], { cwd: folder });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/ciclo\.lock is not committed as the model was made with/);
  });
});
