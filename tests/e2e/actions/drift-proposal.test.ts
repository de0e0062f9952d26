import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { push } from '../../github/commit-seed.ts';
import { changed, type MonitoredStage, monitoredStage, retrainBranch, shifted } from './support/monitored.ts';

/** Dearer alone: the model got worse, and no feature drifted. */
const dearer = { ...changed, larger: 0 };

/** One repository's story: each test goes on where the one before it ended. */
describe('a retraining pull request', () => {
  let houses: MonitoredStage;
  beforeAll(async () => {
    houses = await monitoredStage();
    await houses.arrive(dearer);
    expect((await houses.check()).outputs).toMatchObject({ action: 'pull-request', 'pull-request': '1' });
  });
  afterAll(() => houses[Symbol.asyncDispose]());

  test('that was closed keeps new ones away', async () => {
    const [pull] = houses.pullRequests();
    Object.assign(pull!, { state: 'closed', closedAt: new Date().toISOString() });
    await houses.arrive({ ...dearer, years: [2012, 2012] });
    const run = await houses.check();
    expect(run.passed).toBe(true);
    expect(run.outputs).toMatchObject({ action: 'none', 'pull-request': '' });
    expect(run.log).toMatch(/#1 was closed without a merge: quiet until/);
    expect(houses.pullRequests()).toHaveLength(1);
    expect(houses.history().at(-1)).toMatchObject({ action: { kind: 'none', number: 1 } });
  });

  test('is opened again when drift is clearly worse than when it was closed', async () => {
    await houses.arrive({ ...changed, years: [2013, 2013] });
    const run = await houses.check();
    expect(run.outputs).toMatchObject({ drift: 'true', action: 'pull-request', 'pull-request': '2' });
    expect(run.log).toMatch(/since #1 was closed|drift became major/);
    expect(houses.pullRequests().map(({ number, state }) => `${number} ${state}`)).toEqual([
      '1 closed',
      '2 open',
    ]);
  });

  test('to whose branch a person has committed is left as it is', async () => {
    const { stage } = houses;
    const files = { 'notes.md': 'why I changed this\n' };
    const theirs = push(stage.github.state, stage.repository, {
      branch: retrainBranch,
      files,
      author: 'octocat',
    });
    const { body } = houses.pullRequests()[1]!;
    await houses.arrive({ ...changed, years: [2014, 2014] });
    const run = await houses.check();
    expect(run.passed).toBe(true);
    expect(run.outputs).toMatchObject({ drift: 'true', action: 'none', 'pull-request': '' });
    expect(run.log).toMatch(/a person has committed to the branch of #2, so Ciclo leaves it as it is/);
    expect(houses.head(retrainBranch)!.sha).toBe(theirs.sha);
    expect(houses.pullRequests()[1]).toMatchObject({ state: 'open', body, head: { sha: theirs.sha } });
    expect(houses.history().at(-1)).toMatchObject({ outcome: 'drift', action: { kind: 'none', number: 2 } });
  });
});

/** A story too. */
describe('a challenger that is not better', () => {
  let houses: MonitoredStage;
  beforeAll(async () => {
    houses = await monitoredStage();
    await houses.arrive(shifted);
  });
  afterAll(() => houses[Symbol.asyncDispose]());

  const issues = () => [...houses.stage.repository.issues.values()];

  test('is not trained with retrain: never, which notes nothing; fail-on: drift ends the job red', async () => {
    const run = await houses.dispatch({ retrain: 'never', 'fail-on': 'drift' });
    expect(run.passed).toBe(false);
    expect(run.log).toMatch(/::error::Drift: .*size/);
    // The outputs are set before: act does not start the job that tells them.
    for (const output of ['drift=true', 'action=none', 'pull-request=']) {
      expect(run.log).toMatch(new RegExp(`::set-output:: ${output}$`, 'm'));
    }
    expect(run.artifacts).toHaveLength(1);
    expect(run.writes).toEqual([]);
    expect(houses.history()).toEqual([]);
  });

  test('gets an issue', async () => {
    const run = await houses.check();
    expect(run.passed).toBe(true);
    expect(run.outputs).toMatchObject({ drift: 'true', action: 'issue', 'pull-request': '' });
    expect(issues()).toMatchObject([
      {
        number: 1,
        state: 'open',
        labels: ['ciclo', 'retraining'],
        title: expect.stringMatching(/^houses: /),
      },
    ]);
    expect(houses.history().at(-1)).toMatchObject({ action: { kind: 'issue', number: 1 } });
    expect(houses.head(retrainBranch)).toBeUndefined();
  });

  test('the next time has its issue updated', async () => {
    const { body } = issues()[0]!;
    await houses.arrive({ ...shifted, years: [2012, 2012] });
    expect((await houses.check()).outputs).toMatchObject({ action: 'issue' });
    expect(issues()).toHaveLength(1);
    expect(issues()[0]!.body).not.toBe(body);
  });

  test('is trained by hand with retrain: always, though nothing is new', async () => {
    const run = await houses.dispatch({ retrain: 'always' });
    expect(run.passed).toBe(true);
    expect(run.log).toMatch(/Retraining: asked for by hand/);
    expect(run.outputs).toMatchObject({ drift: 'false', action: 'issue' });
    expect(issues()).toHaveLength(1);
  });
});
