import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseLock } from '../../../shared/config/lock/lock-file.ts';
import { deployGrants } from '../../../shared/forge/testing/github-scene.ts';
import { alike, changed, type MonitoredStage, monitoredStage, retrainBranch } from './support/monitored.ts';

const lockOf = ({ head }: MonitoredStage, branch: string): string =>
  head(branch)!.files.get('ciclo.lock')!.toString();

/** One repository's story: each test goes on where the one before it ended. */
describe('drift.yml on its schedule', () => {
  let houses: MonitoredStage;
  beforeAll(async () => {
    houses = await monitoredStage();
  });
  afterAll(() => houses[Symbol.asyncDispose]());

  test('without drift is quiet: a line of the history, and nothing else', async () => {
    await houses.arrive(alike);
    const run = await houses.check();
    expect(run.log).not.toMatch(/bug in Ciclo/);
    expect(run.passed).toBe(true);
    expect(run.outputs).toMatchObject({
      drift: 'false',
      severity: 'none',
      action: 'none',
      'pull-request': '',
    });
    expect(run.writes).toEqual(['POST /git/trees', 'POST /git/commits', 'POST /git/refs']);
    expect(houses.history()).toMatchObject([
      {
        pipeline: 'houses',
        model: 'v1.0.0',
        window: { after: '2009', until: '2010' },
        rows: 150,
        outcome: 'no-drift',
        action: { kind: 'none' },
        run: `https://github.com/acme/fuel/actions/runs/${run.id}`,
      },
    ]);
    expect(houses.head('ciclo-history')!.parents).toEqual([]);
    expect(houses.pullRequests()).toEqual([]);
  });

  test('with drift opens a pull request: evidence, labels, the check on its head, the new lock, a line, a report', async () => {
    await houses.arrive({ ...changed, years: [2011, 2012] });
    const run = await houses.check();
    expect(run.passed).toBe(true);
    expect(run.outputs).toMatchObject({ drift: 'true', severity: 'major', action: 'pull-request' });
    const [pull, ...others] = houses.pullRequests();
    expect(others).toEqual([]);
    expect(run.outputs['pull-request']).toBe(String(pull!.number));
    expect(pull).toMatchObject({
      state: 'open',
      author: 'github-actions[bot]',
      head: { branch: retrainBranch },
      base: { branch: 'main' },
      labels: ['ciclo', 'retraining'],
      title: expect.stringMatching(/^Retrain houses: rmse .* on unseen rows/),
    });
    for (const part of ['houses@v1.0.0', '#### Why', 'ciclo.lock', 'Approve workflows', `runs/${run.id}`]) {
      expect(pull!.body).toContain(part);
    }
    const proposed = houses.head(retrainBranch)!;
    expect(proposed).toMatchObject({ sha: pull!.head.sha, author: 'github-actions[bot]', verified: true });
    expect(proposed.parents).toEqual([houses.stage.checkout.git('rev-parse', 'main')]);
    expect(parseLock(lockOf(houses, retrainBranch), 'ciclo.lock').data.window).toMatchObject({
      until: '2012',
    });
    expect(parseLock(lockOf(houses, 'main'), 'ciclo.lock').data.window).toMatchObject({ until: '2009' });
    const [check, ...more] = houses.stage.checks(proposed.sha);
    expect(more).toEqual([]);
    expect(check).toMatchObject({ name: 'ciclo / houses', conclusion: 'success' });
    expect(houses.history().map(({ outcome, action }) => [outcome, action?.kind, action?.number])).toEqual([
      ['no-drift', 'none', undefined],
      ['drift', 'pull-request', pull!.number],
    ]);
    expect(run.artifacts.map((name) => name.replace(/[0-9a-f]{16}$/, '…')).sort()).toEqual([
      'ciclo-houses-drift-…',
      'ciclo-houses-proposal-…',
    ]);
    // Trained in the one job, written by the other.
    const stepsOf = (job: string) =>
      [...run.steps.keys()].filter((name) => name.includes(job)).map((name) => name.split('/').at(-1));
    expect(stepsOf('challenge')).toContain('Check for drift');
    expect(stepsOf('propose')).toContain('Propose');
    for (const part of [
      '`houses`: Drift and a worse model',
      '| `size` | **drifted** |',
      '**What happens next**',
    ]) {
      expect(run.log).toContain(part);
    }
  });

  test('with nothing new writes nothing', async () => {
    const run = await houses.check();
    expect(run.passed).toBe(true);
    expect(run.outputs).toMatchObject({ drift: 'false', action: 'none', 'pull-request': '' });
    expect(run.log).toMatch(/no row has year after 2012/);
    expect(run.writes).toEqual([]);
  });

  test('with newer rows updates the same pull request, on one commit', async () => {
    const [before] = houses.pullRequests().map(({ head, body }) => ({ head, body }));
    await houses.arrive({ ...changed, years: [2013, 2013] });
    const run = await houses.check();
    expect(run.passed).toBe(true);
    const [pull, ...others] = houses.pullRequests();
    expect(others).toEqual([]);
    expect(run.outputs).toMatchObject({ action: 'pull-request', 'pull-request': String(pull!.number) });
    expect(pull!.head.sha).not.toBe(before!.head.sha);
    expect(pull!.body).not.toBe(before!.body);
    expect(houses.head(retrainBranch)!.parents).toEqual([houses.stage.checkout.git('rev-parse', 'main')]);
    expect(parseLock(lockOf(houses, retrainBranch), 'ciclo.lock').data.window).toMatchObject({
      until: '2013',
    });
    expect(houses.stage.checks(pull!.head.sha)).toHaveLength(1);
    expect(houses.history()).toHaveLength(3);
  });

  test('after the merge deploy.yml moves the stage, and the next check compares with the new version, quietly', async () => {
    const { stage } = houses;
    const [pull] = houses.pullRequests();
    const sha = await stage.checkout.commit('main', { 'ciclo.lock': lockOf(houses, retrainBranch) });
    const closed = {
      state: 'closed',
      closedAt: new Date().toISOString(),
      mergedAt: new Date().toISOString(),
    };
    Object.assign(pull!, { ...closed, mergeCommit: sha });
    const deployed = await stage.run({
      event: 'push',
      payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
      permissions: deployGrants,
    });
    expect(deployed.passed).toBe(true);
    expect([...stage.repository.refs.keys()].filter((name) => name.startsWith('tags/')).sort()).toEqual([
      ...['tags/houses#production#1', 'tags/houses#production#2', 'tags/houses@v1.0.0', 'tags/houses@v1.0.1'],
    ]);

    const nothing = await houses.check();
    expect(nothing.writes).toEqual([]);
    expect(nothing.log).toMatch(/no row has year after 2013/);
    // As many of either kind as the new model knows.
    await houses.arrive(
      { ...alike, years: [2014, 2014], rows: 110 },
      { ...changed, years: [2014, 2014], rows: 120 },
    );
    const quiet = await houses.check();
    expect(quiet.outputs).toMatchObject({ drift: 'false', action: 'none' });
    expect(houses.history().at(-1)).toMatchObject({
      model: 'v1.0.1',
      window: { after: '2013', until: '2014' },
      rows: 230,
      outcome: 'no-drift',
    });
    expect(houses.pullRequests()).toHaveLength(1);
  });
});
