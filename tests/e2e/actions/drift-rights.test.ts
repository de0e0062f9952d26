import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { retrainGrants } from '../../../shared/forge/testing/github-scene.ts';
import { addToken } from '../../github/seed.ts';
import { changed, type MonitoredStage, monitoredStage, retrainBranch, shifted } from './support/monitored.ts';

const without = (right: string) => ({ permissions: { ...retrainGrants, [right]: 'read' as const } });

/** One repository's story: each test goes on where the one before it ended. */
describe('drift.yml', () => {
  let houses: MonitoredStage;
  beforeAll(async () => {
    houses = await monitoredStage();
  });
  afterAll(() => houses[Symbol.asyncDispose]());

  test('without issues: write says so, and notes nothing before the issue is there', async () => {
    await houses.arrive(shifted);
    const run = await houses.check({
      permissions: { ...retrainGrants, issues: 'read', pull_requests: 'read' },
    });
    expect(run.passed).toBe(false);
    expect(run.log).not.toMatch(/bug in Ciclo/);
    expect(run.log).toMatch(/add to the job's permissions:(%0A|\n) +issues: write/);
    expect(houses.history()).toEqual([]);
    expect((await houses.check()).outputs).toMatchObject({ action: 'issue' });
    expect(houses.history()).toHaveLength(1);
  });

  test('without contents: write says so', async () => {
    await houses.arrive({ ...changed, years: [2012, 2012] });
    const run = await houses.check(without('contents'));
    expect(run.passed).toBe(false);
    expect(run.log).not.toMatch(/bug in Ciclo/);
    expect(run.log).toMatch(/add to the job's permissions:(%0A|\n) +contents: write/);
    expect(houses.head(retrainBranch)).toBeUndefined();
  });

  test('where workflows may not open pull requests names the setting', async () => {
    houses.stage.repository.workflowsMayOpenPullRequests = false;
    const run = await houses.check();
    expect(run.passed).toBe(false);
    expect(run.log).toMatch(/Allow GitHub Actions to create and approve pull requests/);
    expect(houses.pullRequests()).toEqual([]);
    expect(houses.history()).toHaveLength(1);
  });

  test('with a GitHub App opens it there too; its checks wait for nobody, and the issue is closed', async () => {
    addToken(houses.stage.github.state, 'ghs_app', {
      permissions: retrainGrants,
      login: 'ciclo[bot]',
      app: { id: 7, slug: 'ciclo' },
    });
    const run = await houses.dispatch(
      { 'app-client-id': 'Iv1.0123456789abcdef' },
      { secrets: { APP_PRIVATE_KEY: 'a key' }, environment: { CICLO_APP_TOKEN: 'ghs_app' } },
    );
    expect(run.passed).toBe(true);
    const [pull] = houses.pullRequests();
    expect(pull).toMatchObject({ author: 'ciclo[bot]', state: 'open' });
    expect(pull!.body).not.toContain('Approve workflows');
    expect([...houses.stage.repository.issues.values()]).toMatchObject([
      { state: 'closed', body: expect.stringContaining(`A better model was found: #${pull!.number}.`) },
    ]);
    expect(houses.stage.checks(pull!.head.sha)).toMatchObject([{ name: 'ciclo / houses' }]);
  });
});

test('two checks at once open one pull request, and neither fails without saying why', async () => {
  await using houses = await monitoredStage();
  await houses.arrive(changed);
  const runs = await Promise.all([houses.check(), houses.check()]);
  for (const run of runs) {
    expect(run.log).not.toMatch(/bug in Ciclo/);
    if (!run.passed) expect(run.log).toMatch(/the branch is at .*, and was expected/);
  }
  expect(runs.some(({ passed }) => passed)).toBe(true);
  expect(houses.pullRequests().map(({ state }) => state)).toEqual(['open']);
  const lines = houses.history();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ action: { kind: 'pull-request', number: 1 } });
});
