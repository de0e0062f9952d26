import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PullRequest, Token } from '../../github/state.ts';
import { ciclo } from '../support/ciclo-process.ts';
import type { Stage, StageResult } from './support/open-stage.ts';
import { gates, quickConfig } from './support/quick.ts';
import { setStage } from './support/stage.ts';

const quick = { 'ciclo.yml': quickConfig(), 'ciclo.lock': null };

/** What `deploy.yml` grants its jobs, together. */
const permissions: Token['permissions'] = {
  contents: 'write',
  checks: 'read',
  deployments: 'write',
  pull_requests: 'read',
};

/** A merge to main, and the run that it starts. */
async function merge(
  stage: Stage,
  changes: Readonly<Record<string, string | null>>,
  { of, environment = {} }: { of?: PullRequest; environment?: Readonly<Record<string, string>> } = {},
): Promise<StageResult> {
  const sha = await stage.checkout.commit('main', changes);
  if (of) Object.assign(of, { state: 'closed', mergedAt: '2026-01-05T10:00:00Z', mergeCommit: sha });
  return stage.run({
    event: 'push',
    payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
    permissions,
    environment,
  });
}

const tagsOf = ({ repository }: Stage): string[] =>
  [...repository.refs.keys()].flatMap((name) => (name.startsWith('tags/') ? [name.slice(5)] : [])).sort();

const deploymentsOf = ({ repository }: Stage): string[] =>
  [...repository.deployments.values()].map(({ ref, statuses }) => `${ref} ${statuses.at(-1)!.state}`);

describe('a merge', () => {
  test('ends in a version: tag, release with its bundle, deployment, stage; the same again in nothing new', async () => {
    await using stage = await setStage(quick);
    const first = await merge(stage, { 'README.md': 'merged\n' });
    expect(first.log).not.toMatch(/bug in Ciclo/);
    expect(first.passed).toBe(true);
    expect(tagsOf(stage)).toEqual(['fuel#production#1', 'fuel@v1.0.0']);
    const [release, ...others] = [...stage.repository.releases.values()];
    expect(others).toEqual([]);
    expect(release).toMatchObject({ tag: 'fuel@v1.0.0', title: 'fuel v1.0.0', draft: false });
    expect(release!.assets.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'fuel-v1.0.0.zip uploaded',
      'model-card.md uploaded',
      'fuel-v1.0.0-server.zip uploaded',
    ]);
    expect(deploymentsOf(stage)).toEqual(['fuel@v1.0.0 success']);

    const second = await merge(stage, { 'README.md': 'merged again\n' });
    expect(second.passed).toBe(true);
    expect(second.log).toMatch(/fuel@v1\.0\.0 is in production already: nothing to do/);
    expect(tagsOf(stage)).toHaveLength(2);
    expect(stage.repository.releases.size).toBe(1);
  });

  test('of new data is a patch, judged against the version in production; a rollback by dispatch brings that back', async () => {
    await using stage = await setStage(quick);
    for (const year of ['1976', '1982']) {
      expect((await ciclo(['lock', '--until', year, '--quiet'], { cwd: stage.checkout.folder })).code).toBe(
        0,
      );
      expect((await merge(stage, {})).passed).toBe(true);
    }
    expect(tagsOf(stage)).toEqual(['fuel#production#1', 'fuel#production#2', 'fuel@v1.0.0', 'fuel@v1.0.1']);
    expect(deploymentsOf(stage)).toEqual(['fuel@v1.0.0 inactive', 'fuel@v1.0.1 success']);

    const back = await stage.run({
      event: 'workflow_dispatch',
      payload: { ref: 'refs/heads/main', inputs: { 'rollback-to': 'previous' } },
      permissions,
    });
    expect(back.passed).toBe(true);
    expect(back.log).toMatch(/fuel@v1\.0\.0 is in production in place of v1\.0\.1/);
    expect(tagsOf(stage)).toContain('fuel#production#3');

    const pushed = await merge(stage, { 'README.md': 'pushed again\n' });
    expect(pushed.passed).toBe(false);
    expect(pushed.log).toMatch(/a push does not bring it back/);
  });

  test('of a pull request deploys the bytes that it was judged on, says so, and attests them', async () => {
    await using stage = await setStage(quick);
    const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-attested-'));
    try {
      const changes = { 'README.md': 'changed\n' };
      const pull = await stage.pullRequest(changes);
      expect((await stage.runPullRequest(pull)).passed).toBe(true);
      const CICLO_ATTESTED = path.join(folder, 'attested');
      const run = await merge(stage, changes, {
        of: pull,
        environment: { CICLO_ATTESTED, ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example' },
      });
      expect(run.passed).toBe(true);
      expect(run.log).toContain(`these are the bytes that #${pull.number} was judged on`);
      const [release] = [...stage.repository.releases.values()];
      const bundle = release!.assets.find(({ name }) => name === 'fuel-v1.0.0.zip')!;
      expect(await readFile(CICLO_ATTESTED, 'utf8')).toBe(`${bundle.name} ${bundle.digest} false\n`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('that cannot be attested is deployed all the same, and says so; without the right to it is not tried', async () => {
    await using stage = await setStage(quick);
    const environment = { CICLO_ATTESTED: 'fail', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example' };
    const tried = await merge(stage, { 'README.md': 'merged\n' }, { environment });
    expect(tried.passed).toBe(true);
    expect(tried.log).toContain('attestations are not to be had here');
    expect(tried.log).toMatch(/fuel-v1\.0\.0\.zip is deployed, but not attested/);
    expect(tried.log).toContain('no pull request brought this commit');
    const unable = await merge(
      stage,
      { 'ciclo.yml': quickConfig([gates.pass]).replace('type: linear', 'type: linear, l2: 1') },
      { environment: { CICLO_ATTESTED: 'fail' } },
    );
    expect(unable.passed).toBe(true);
    expect(unable.log).toContain('fuel@v1.1.0 is in production in place of v1.0.0');
    expect(unable.log).not.toContain('attestations are not to be had here');
  });

  test('is judged in a job that may not write, and its artifacts are deployed by another', async () => {
    await using stage = await setStage(quick);
    const run = await merge(stage, { 'README.md': 'merged\n' });
    const stepsOf = (job: string) =>
      [...run.steps.keys()].filter((name) => name.includes(job)).map((name) => name.split('/').at(-1));
    expect(stepsOf('judge')).toEqual(expect.arrayContaining(['Prepare', 'Train', 'Validate']));
    expect(run.log).toMatch(/took the model of fuel from the artifact/);
    expect(run.log).toMatch(/took the evaluation of fuel from the artifact/);
  });

  test('by hand on another branch deploys nothing and rolls nothing back', async () => {
    await using stage = await setStage(quick);
    expect((await merge(stage, { 'README.md': 'merged\n' })).passed).toBe(true);
    await stage.checkout.commit('elsewhere', { 'README.md': 'unreviewed\n' });
    for (const rollbackTo of ['', 'previous']) {
      const run = await stage.run({
        event: 'workflow_dispatch',
        payload: { ref: 'refs/heads/elsewhere', inputs: { 'rollback-to': rollbackTo } },
        permissions,
        environment: { GITHUB_REF: 'refs/heads/elsewhere' },
      });
      expect(run.passed).toBe(false);
      expect(run.log).toMatch(/only the default branch main is deployed/);
    }
    expect(tagsOf(stage)).toEqual(['fuel#production#1', 'fuel@v1.0.0']);
  });

  test('whose gate fails deploys nothing', async () => {
    await using stage = await setStage(quick);
    const run = await merge(stage, { 'ciclo.yml': quickConfig([gates.fail]) });
    expect(run.passed).toBe(false);
    expect(tagsOf(stage)).toEqual([]);
    expect(stage.repository.releases.size).toBe(0);
  });
});

describe('a pull request after a deployment', () => {
  test('is compared with the version in production by itself', async () => {
    await using stage = await setStage(quick);
    expect((await merge(stage, { 'README.md': 'merged\n' })).passed).toBe(true);
    const pull = await stage.pullRequest({
      'ciclo.yml': quickConfig([gates.pass, '{ metric: rmse, champion: { worse-by-at-most: 2% } }']),
    });
    const run = await stage.runPullRequest(pull);
    expect(run.log).toMatch(/the champion is fuel@v1\.0\.0/);
    expect(run.passed).toBe(true);
    expect(stage.comments(pull)[0]!.body).toContain('`fuel@v1.0.0`');
  });
});
