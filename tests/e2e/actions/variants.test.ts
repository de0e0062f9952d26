import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reusableWorkflow } from '../../../shared/init/published-actions.ts';
import { addComment } from '../../github/seed.ts';
import { ciclo } from '../support/ciclo-process.ts';
import { gates, quickConfig } from './support/quick.ts';
import { exampleFolders, withChampion } from './support/repository.ts';
import { setStage } from './support/stage.ts';

const quick = { 'ciclo.yml': quickConfig(), 'ciclo.lock': null };
const threeJobs = new URL('../../../docs/examples/three-jobs.yml', import.meta.url);

describe('the example repository as it is', () => {
  test('its own workflow judges its three pipelines, a comment and a check each', async () => {
    await using stage = await setStage();
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    const run = await stage.runPullRequest(pull, { folders: exampleFolders });
    expect(run.passed).toBe(true);
    expect(run.log).not.toMatch(/bug in Ciclo/);
    const bodies = stage.comments(pull).map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    for (const body of bodies) expect(body).toContain('There is no champion');
    const checks = stage.checks(pull.head.sha).map(({ name, conclusion }) => `${name} ${conclusion}`);
    expect(checks.sort()).toEqual([
      'ciclo / fuel neutral',
      'ciclo / strikes success',
      'ciclo / weather success',
    ]);
  });
});

describe('a champion', () => {
  test('that makes the same bytes is called the same model, in the first lines of the comment', async () => {
    await using stage = await setStage(quick);
    const { folder } = stage.checkout;
    expect((await ciclo(['run', '--quiet'], { cwd: folder })).code).toBe(0);
    await rename(path.join(folder, '.ciclo/model'), path.join(folder, 'champion'));
    await rm(path.join(folder, '.ciclo'), { recursive: true });
    await rm(path.join(folder, 'ciclo.lock'));
    const workflow = await stage.checkout.read('.github/workflows/model.yml');
    const pull = await stage.pullRequest({
      '.github/workflows/model.yml': withChampion(workflow),
      'ciclo.yml': quickConfig([gates.pass, '{ metric: rmse, champion: { worse-by-at-most: 2% } }']),
    });
    const run = await stage.runPullRequest(pull);
    expect(run.passed).toBe(true);
    expect(stage.comments(pull)[0]!.body.split('\n').slice(0, 8).join('\n')).toContain(
      'It is the same model as in production',
    );
  });
});

describe('three jobs', () => {
  test('find each other’s results by themselves', async () => {
    await using stage = await setStage({
      ...quick,
      '.github/workflows/model.yml': await readFile(threeJobs, 'utf8'),
    });
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    const run = await stage.runPullRequest(pull);
    expect(run.passed).toBe(true);
    expect(run.log).toMatch(/took the dataset of fuel from the artifact/);
    expect(run.log).toMatch(/took the model of fuel from the artifact/);
    expect(run.artifacts).toHaveLength(3);
    expect(stage.comments(pull)).toHaveLength(1);
  });
});

describe('a second attempt of a run', () => {
  test('reuses the artifacts that the first one stored, and doubles nothing', async () => {
    await using stage = await setStage(quick);
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    const first = await stage.runPullRequest(pull, { attempt: 1 });
    const second = await stage.runPullRequest(pull, { id: first.id, attempt: 2 });
    expect(second.passed).toBe(true);
    expect(second.artifacts).toEqual(first.artifacts);
    expect(stage.comments(pull)).toHaveLength(1);
    expect(stage.checks(pull.head.sha)).toHaveLength(1);
  });
});

describe('a merge group', () => {
  test('is judged, its check on the group’s head, and no comment', async () => {
    await using stage = await setStage(quick);
    const base = stage.checkout.git('rev-parse', 'main');
    const head = await stage.checkout.commit('gh-readonly-queue/main/pr-1', { 'README.md': 'a change\n' });
    const run = await stage.run({
      event: 'merge_group',
      payload: {
        action: 'checks_requested',
        merge_group: {
          head_sha: head,
          head_ref: 'refs/heads/gh-readonly-queue/main/pr-1',
          base_sha: base,
          base_ref: 'refs/heads/main',
        },
      },
    });
    expect(run.passed).toBe(true);
    expect(stage.checks(head)).toEqual([expect.objectContaining({ conclusion: 'success' })]);
    expect(stage.repository.comments.size).toBe(0);
  });
});

describe('two pipelines in one repository', () => {
  test('have a comment and a check each', async () => {
    await using stage = await setStage(quick);
    const job = (name: string, folder: string) => `  ${name}:
    uses: ${reusableWorkflow('gate')}
    with: { working-directory: ${folder} }
    permissions: { contents: read, pull-requests: write, checks: write }
`;
    const pull = await stage.pullRequest({
      '.github/workflows/model.yml': `on: pull_request\npermissions: {}\njobs:\n${job('fuel', '.')}${job('economy', 'economy')}`,
      'economy/ciclo.yml': quickConfig([gates.fail], { name: 'economy', path: '../data/*.csv' }),
    });
    const run = await stage.runPullRequest(pull);
    expect(run.passed).toBe(false);
    const checks = stage.checks(pull.head.sha).map(({ name, conclusion }) => `${name} ${conclusion}`);
    expect(checks.sort()).toEqual(['ciclo / economy failure', 'ciclo / fuel success']);
    expect(stage.comments(pull)).toHaveLength(2);
    await stage.runPullRequest(pull);
    expect(stage.comments(pull)).toHaveLength(2);
  });
});

describe('a long conversation', () => {
  test('of 250 comments: ours is found again wherever it stands, a planted one is not taken for it', async () => {
    await using stage = await setStage(quick);
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    const seed = (body: string) =>
      addComment(stage.github.state, stage.repository, { issue: pull.number, body });
    for (let i = 0; i < 125; i++) seed(`comment ${i}`);
    await stage.runPullRequest(pull);
    const own = stage.comments(pull).find(({ author }) => author === 'github-actions[bot]')!;
    const planted = seed(own.body);
    for (let i = 0; i < 125; i++) seed(`comment ${i}`);
    const sha = await stage.checkout.commit('change', { 'README.md': 'another change\n' });
    pull.head = { ...pull.head, sha };
    expect((await stage.runPullRequest(pull)).passed).toBe(true);
    const bots = stage.comments(pull).filter(({ author }) => author === 'github-actions[bot]');
    expect(bots.map(({ id }) => id)).toEqual([own.id]);
    expect(own.body).toContain(sha.slice(0, 7));
    expect(planted.body).not.toContain(sha.slice(0, 7));
  });
});
