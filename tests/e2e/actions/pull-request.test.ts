import { describe, expect, test } from 'vitest';
import { addReview } from '../../github/agreement-seed.ts';
import type { Stage } from './support/open-stage.ts';
import { gateLine, gates, quickConfig } from './support/quick.ts';
import { setStage } from './support/stage.ts';

const quick = { 'ciclo.yml': quickConfig(), 'ciclo.lock': null };

/** A stage whose pull request changes the gates. */
async function stageWithGates(lines: readonly string[]) {
  const stage = await setStage({ 'ciclo.yml': quickConfig(), 'ciclo.lock': null });
  const config = quickConfig(lines);
  const pull = await stage.pullRequest({ 'ciclo.yml': config, 'CHANGES.md': 'other gates\n' });
  return { stage, pull, config };
}

const conclusions = (stage: Stage, sha: string) =>
  stage.checks(sha).map(({ name, conclusion }) => ({ name, conclusion }));

describe('a pull request', () => {
  test('that passes: job green, check success, one comment with the verdict first', async () => {
    await using stage = await setStage(quick);
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    const run = await stage.runPullRequest(pull);
    expect(run.log).not.toMatch(/::error|⚠|bug in Ciclo/);
    expect(run.passed).toBe(true);
    expect(conclusions(stage, pull.head.sha)).toEqual([{ name: 'ciclo / fuel', conclusion: 'success' }]);
    const [comment, ...others] = stage.comments(pull);
    expect(others).toEqual([]);
    expect(comment!.author).toBe('github-actions[bot]');
    expect(comment!.body.split('\n').find((line) => line.startsWith('#') || line.startsWith('**'))).toMatch(
      /pass/i,
    );
    expect(comment!.body).toContain(pull.head.sha.slice(0, 7));
    expect(run.artifacts.map((name) => name.replace(/[0-9a-f]{16}$/, '…'))).toEqual([
      'ciclo-fuel-dataset-…',
      'ciclo-fuel-model-…',
      'ciclo-fuel-evaluation-…',
    ]);
  });

  test('with a second push: the same comment, a check on the new head', async () => {
    await using stage = await setStage(quick);
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    expect((await stage.runPullRequest(pull)).passed).toBe(true);
    const [first] = stage.comments(pull);
    const body = first!.body;
    const sha = await stage.checkout.commit('change', { 'README.md': 'another change\n' });
    pull.head = { ...pull.head, sha };
    expect((await stage.runPullRequest(pull)).passed).toBe(true);
    const [second, ...others] = stage.comments(pull);
    expect(others).toEqual([]);
    expect(second!.id).toBe(first!.id);
    expect(second!.body).not.toBe(body);
    expect(second!.body).toContain(sha.slice(0, 7));
    expect(conclusions(stage, sha)).toEqual([{ name: 'ciclo / fuel', conclusion: 'success' }]);
  });

  test('whose gate fails: job red, check failure, annotation on the gate’s very line', async () => {
    const { stage, pull, config } = await stageWithGates([gates.pass, gates.fail]);
    await using _ = stage;
    const run = await stage.runPullRequest(pull);
    expect(run.passed).toBe(false);
    const [check] = stage.checks(pull.head.sha);
    expect(check!.conclusion).toBe('failure');
    expect(check!.annotations).toEqual([
      expect.objectContaining({
        path: 'ciclo.yml',
        start_line: gateLine(config, 1),
        annotation_level: 'failure',
      }),
    ]);
    expect(stage.comments(pull)[0]!.body).toMatch(/fail/i);
    // The verdict is stored like any other: whoever looks later finds the report.
    expect(run.artifacts.some((name) => name.startsWith('ciclo-fuel-evaluation-'))).toBe(true);
  });

  test('that loosens its own gate says so first, how the base branch’s gates end, and is red until somebody agrees', async () => {
    await using stage = await setStage({ ...quick, 'ciclo.yml': quickConfig([gates.fail]) });
    const pull = await stage.pullRequest({ 'ciclo.yml': quickConfig([gates.pass]) });
    const before = await stage.runPullRequest(pull);
    expect(before.passed).toBe(false);
    expect(before.log).toMatch(/changes what it is judged by, and nobody has agreed/);
    expect(conclusions(stage, pull.head.sha)).toEqual([{ name: 'ciclo / fuel', conclusion: 'failure' }]);
    stage.repository.roles.set('maria', 'write');
    addReview(stage.github.state, stage.repository, pull, { author: 'maria' });
    expect((await stage.runPullRequest(pull, { event: 'pull_request_review' })).passed).toBe(true);
    const { body } = stage.comments(pull)[0]!;
    const gatesTable = body.indexOf('| ');
    const loosened = body.search(/max|at most/);
    expect(loosened).toBeGreaterThan(0);
    expect(loosened).toBeLessThan(gatesTable);
    expect(body).toMatch(/main/);
  });

  test('that is inconclusive: check neutral, job green under the policy warn', async () => {
    const { stage, pull } = await stageWithGates([gates.inconclusive]);
    await using _ = stage;
    const run = await stage.runPullRequest(pull);
    expect(run.passed).toBe(true);
    const [check] = stage.checks(pull.head.sha);
    expect(check!.conclusion).toBe('neutral');
    expect(check!.annotations).toEqual([expect.objectContaining({ annotation_level: 'warning' })]);
  });

  test('with a mistake in ciclo.yml: job red, the message at its line, no comment', async () => {
    await using stage = await setStage(quick);
    const pull = await stage.pullRequest({ 'ciclo.yml': quickConfig().replace('rmse, max', 'rsme, max') });
    const run = await stage.runPullRequest(pull);
    expect(run.passed).toBe(false);
    expect(run.log).toMatch(/"rsme" is not a metric; did you mean "rmse"\?|rsme.*did you mean.*rmse/);
    expect(run.log).not.toMatch(/bug in Ciclo/);
    expect(stage.comments(pull)).toEqual([]);
  });
});
