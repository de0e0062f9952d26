import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parseLock } from '../../shared/config/lock/lock-file.ts';
import { readHistory } from './history.ts';
import type { HousesOfYears } from './testing/houses-monitored.ts';
import { type HousesRepository, housesRepository } from './testing/houses-repository.ts';

/** Larger and dearer than the model has ever seen: the relation changed, so that a retraining helps. */
const changed: HousesOfYears = { years: [2010, 2011], rows: 300, larger: 120, dearer: 200 };
const branch = 'ciclo/retrain/houses';
const day = 86_400_000;

const proposals = (houses: HousesRepository) => houses.forge.pullRequests.ofHead(branch, { state: 'all' });
const history = (houses: HousesRepository) => readHistory({ name: 'houses' }, houses.forge);

describe('a scheduled check', () => {
  test('without drift only notes itself', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ years: [2010, 2010], rows: 150 });
    const { action, report } = await houses.check();
    expect(report.outcome).toBe('no-drift');
    expect(action.kind).toBe('none');
    expect(await proposals(houses)).toEqual([]);
    const lines = await history(houses);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      pipeline: 'houses',
      model: 'v1.0.0',
      window: { after: '2009', until: '2010' },
      rows: 150,
      outcome: 'no-drift',
      action: { kind: 'none' },
    });
    expect(houses.git('rev-list', '--max-parents=0', 'ciclo-history')).not.toBe(
      houses.git('rev-list', '--max-parents=0', 'main'),
    );
  });

  test('with nothing new keeps quiet: no line, no commit', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ years: [2010, 2010], rows: 150 });
    await houses.check();
    const head = houses.git('rev-parse', 'ciclo-history');
    const { report, line } = await houses.check();
    expect(report.outcome).toBe('nothing-to-compare');
    expect(line).toBeUndefined();
    expect(houses.git('rev-parse', 'ciclo-history')).toBe(head);
  });

  test('with drift opens a pull request: new lock, evidence, labels, a check on its head', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changed);
    const before = await readFile(houses.folder.lockFile, 'utf8');
    const { action, report, challenger } = await houses.check();
    expect(report.drift).toBe(true);
    expect(action).toMatchObject({ kind: 'pull-request', number: 1 });
    const [pull] = await proposals(houses);
    expect(pull).toMatchObject({
      number: 1,
      state: 'open',
      own: true,
      head: { branch },
      base: { branch: 'main' },
      labels: ['ciclo', 'retraining'],
    });
    expect(pull!.title).toMatch(/^Retrain houses: rmse .* on unseen rows/);
    expect(pull!.body).toContain('#### Why');
    expect(pull!.body).toContain('new: after the previous window');
    const lock = parseLock(houses.git('show', `${branch}:ciclo.lock`), 'ciclo.lock');
    expect(lock.data.window).toMatchObject({ column: 'year', until: '2011' });
    expect(houses.git('diff', '--name-only', 'main', branch)).toBe('ciclo.lock');
    const [check] = await houses.forge.checks.list(pull!.head.commit, 'ciclo / houses');
    expect(check).toMatchObject({ conclusion: 'success' });
    expect(challenger?.apart?.new?.rows).toBeGreaterThan(10);
    // The checkout is as it was.
    expect(await readFile(houses.folder.lockFile, 'utf8')).toBe(before);
    expect(houses.git('status', '--porcelain')).toBe('');
  });

  test('with drift of rows in folds judges champion and challenger on the newer rows', async () => {
    await using houses = await housesRepository({ split: { folds: 5 } });
    await houses.arrive(changed);
    const { action, challenger } = await houses.check();
    expect(action).toMatchObject({ kind: 'pull-request', number: 1 });
    const [pull] = await proposals(houses);
    const [check] = await houses.forge.checks.list(pull!.head.commit, 'ciclo / houses');
    expect(check).toMatchObject({ conclusion: 'success' });
    const compared = { comparable: true, rows: changed.rows };
    expect(challenger!.evaluation.champion).toMatchObject({ ...compared, decidedBy: 'newer-rows' });
    expect(challenger!.apart!.new!.champion).toMatchObject(compared);
    expect(challenger!.apart!.new!.outOfFold).toMatchObject({ folds: 5 });
  });

  test('again with more rows updates the same pull request in place', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changed);
    await houses.check();
    const head = houses.git('rev-parse', branch);
    await houses.arrive({ ...changed, years: [2012, 2012] });
    const { action } = await houses.check();
    expect(action).toMatchObject({ kind: 'pull-request', number: 1 });
    const all = await proposals(houses);
    expect(all.map(({ number }) => number)).toEqual([1]);
    expect(houses.git('rev-parse', branch)).not.toBe(head);
    expect(houses.git('rev-list', '--count', `main..${branch}`)).toBe('1');
    expect(parseLock(houses.git('show', `${branch}:ciclo.lock`), 'ciclo.lock').data.window?.until).toBe(
      '2012',
    );
  });

  test('after a merge waits for the deployment, and is quiet once the new model is in production', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changed);
    const { action } = await houses.check();
    await houses.forge.pullRequests.merge(action.number!);
    await houses.arrive({ ...changed, years: [2012, 2012] });
    const waiting = await houses.check();
    expect(waiting.action).toMatchObject({ kind: 'none', number: 1 });
    expect(waiting.action.reason).toContain('#1 is merged, and its model is not in production yet');
    houses.git('rm', '--quiet', 'data/houses-2012.csv');
    houses.commit('the rows of 2012 were a mistake');
    expect(await houses.deploy()).toBe('v1.0.1');
    const after = await houses.check();
    expect(after.report).toMatchObject({
      production: { version: 'v1.0.1' },
      outcome: 'nothing-to-compare',
      window: { after: '2011' },
    });
    expect(after.line).toBeUndefined();
    expect(await proposals(houses)).toHaveLength(1);
  });

  test('after a pull request that was closed is quiet until its cooldown is over', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changed);
    const { action } = await houses.check();
    await houses.forge.pullRequests.update(action.number!, { state: 'closed' });
    await houses.arrive({ ...changed, years: [2012, 2012] });
    const quiet = await houses.check();
    expect(quiet.action).toMatchObject({ kind: 'none', number: 1 });
    expect(quiet.action.reason).toContain('#1 was closed without a merge: quiet until');
    houses.clock.advance(8 * day);
    await houses.arrive({ ...changed, years: [2013, 2013] });
    expect((await houses.check()).action).toMatchObject({ kind: 'pull-request', number: 2 });
  });

  test('never touches a branch that a person has committed to', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changed);
    await houses.check();
    houses.git('checkout', '--quiet', branch);
    await houses.folder.write('notes.md', 'why I changed this\n');
    const theirs = houses.commit('a thought');
    houses.git('checkout', '--quiet', 'main');
    await houses.arrive({ ...changed, years: [2012, 2012] });
    const { action } = await houses.check();
    expect(action).toMatchObject({ kind: 'none', number: 1 });
    expect(action.reason).toContain('a person has committed to the branch of #1');
    expect(houses.git('rev-parse', branch)).toBe(theirs);
  });

  test('with a challenger that is not better as surely as is asked opens one issue, and keeps it current', async () => {
    await using houses = await housesRepository({ retrain: { confidence: '97.5%' } });
    // The sizes move within what the model knows well: it is as good there as a new one.
    await houses.arrive({ years: [2010, 2011], rows: 200, larger: 60 });
    const { action, report } = await houses.check();
    expect(report.drift).toBe(true);
    expect(action).toMatchObject({ kind: 'issue', number: 1 });
    expect(await proposals(houses)).toEqual([]);
    await houses.arrive({ years: [2012, 2012], rows: 200, larger: 60 });
    expect((await houses.check()).action).toMatchObject({ kind: 'issue', number: 1 });
    const issues = await houses.forge.issues.list({ label: 'ciclo', state: 'all' });
    expect(issues.map(({ state }) => state)).toEqual(['open']);
    expect(issues[0]!.body).toContain('#### Why');
  });

  test('proposes the rollback where an older version does better on the new rows', async () => {
    await using houses = await housesRepository();
    // Two years of a boom; the model learns them, and then they are over.
    await houses.arrive({ ...changed, rows: 900, larger: 0 });
    await houses.forge.pullRequests.merge((await houses.check()).action.number!);
    expect(await houses.deploy()).toBe('v1.0.1');
    await houses.arrive({ years: [2012, 2012], rows: 80 });
    const { action } = await houses.check();
    expect(action).toMatchObject({ kind: 'rollback' });
    const [issue] = await houses.forge.issues.list({ label: 'ciclo', state: 'open' });
    expect(issue!.title).toContain('v1.0.0');
    expect(issue!.body).toContain('rollback-to');
  });

  test('opens a pull request all the same with open: always', async () => {
    await using houses = await housesRepository({ retrain: { open: 'always' } });
    await houses.arrive({ years: [2010, 2011], rows: 200, larger: 60 });
    expect((await houses.check()).action.kind).toBe('pull-request');
  });

  test('waits for as many checks in a row as persistence asks for', async () => {
    await using houses = await housesRepository({ retrain: { persistence: 2 } });
    await houses.arrive(changed);
    const one = await houses.check();
    expect(one.action).toMatchObject({ kind: 'none' });
    expect(one.why).toContain('seen in 1 of the 2 checks in a row');
    await houses.arrive({ ...changed, years: [2012, 2012] });
    expect((await houses.check()).action.kind).toBe('pull-request');
  });

  test.each(['if-better', 'always'])(
    'with a change of structure opens an issue and trains nothing, with open: %s',
    async (open) => {
      await using houses = await housesRepository({ retrain: { open } });
      // No house of the model's data is nearly as large.
      await houses.arrive({ ...changed, larger: 5000 });
      const { action, report, challenger } = await houses.check();
      expect(report).toMatchObject({ drift: true, structural: true });
      expect(action).toMatchObject({ kind: 'issue', number: 1 });
      expect(challenger).toBeUndefined();
      expect(await proposals(houses)).toEqual([]);
      await houses.arrive({ ...changed, years: [2012, 2012], larger: 5000 });
      expect((await houses.check()).action).toMatchObject({ kind: 'issue', number: 1 });
      expect(await proposals(houses)).toEqual([]);
      const [issue, ...others] = await houses.forge.issues.list({ label: 'ciclo', state: 'open' });
      expect(others).toEqual([]);
      expect(issue!.title).toMatch(/^houses: a structural change to review, size/);
      expect(issue!.body).toContain('Nothing was trained, and `houses@v1.0.0` stays in production.');
    },
  );

  test('asked for by hand trains nothing of a change of structure', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ ...changed, larger: 5000 });
    const { action, challenger } = await houses.check({ byHand: true });
    expect(action.kind).toBe('issue');
    expect(challenger).toBeUndefined();
    expect(await proposals(houses)).toEqual([]);
    // Asked for again, after the issue: a person has looked, and the pull request says what at.
    expect((await houses.check({ byHand: true })).action.kind).toBe('pull-request');
    const [pull] = await proposals(houses);
    expect(pull!.body).toContain('found changes of structure');
    expect(pull!.body).toContain('merge only if the rows are correct');
  });

  test('asked for by hand retrains without drift', async () => {
    await using houses = await housesRepository({ retrain: { open: 'always' } });
    await houses.arrive({ years: [2010, 2010], rows: 150 });
    const { action, why } = await houses.check({ byHand: true });
    expect(why).toBe('asked for by hand');
    expect(action.kind).toBe('pull-request');
  });

  test('looks only, when nothing is in production yet', async () => {
    await using houses = await housesRepository();
    for (const tag of houses.git('tag').split('\n')) houses.git('tag', '--delete', tag);
    await houses.arrive(changed);
    const { action, report } = await houses.check();
    expect(report.drift).toBe(true);
    expect(action.reason).toContain('no version is in production');
  });
});
