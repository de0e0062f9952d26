import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { addReview, setLabel } from '../../tests/github/agreement-seed.ts';
import { addCommit } from '../../tests/github/commit-seed.ts';
import { housesConfig } from '../testing/houses.ts';
import { gate } from './testing/gate.ts';
import { type Job, startJob } from './testing/job.ts';

const loosened = {
  gates: [{ metric: 'rmse', max: 100 }],
  baseGates: [{ metric: 'rmse', max: 1 }],
};
const commentOf = ({ repository, pull }: Job): string =>
  [...repository.comments.values()].find(({ issue }) => issue === pull.number)!.body;
const conclusionOf = ({ repository }: Job): string | undefined =>
  [...repository.checkRuns.values()].at(-1)?.conclusion;

function approve({ github, repository, pull }: Job): void {
  repository.roles.set('maria', 'write');
  addReview(github.state, repository, pull, { author: 'maria' });
}

describe('a pull request that loosens what it is judged by', () => {
  test('is red until a person with write access approves this commit, and says how', async () => {
    await using job = await startJob(loosened);
    const before = await gate(job);
    expect(before.code).toBe(1);
    expect(before.outputs).toMatchObject({ verdict: 'pass', loosened: 'awaited' });
    expect(before.log).toMatch(
      /::error::this pull request changes what it is judged by, and nobody has agreed/,
    );
    expect(before.log).toContain('gate rmse at most 1 is loosened to at most 100');
    expect(before.log).not.toMatch(/This is a bug/);
    expect(conclusionOf(job)).toBe('failure');
    for (const shown of [commentOf(job), before.summary]) {
      expect(shown).toContain('Gate rmse at most 1 is loosened to at most 100');
      expect(shown).toContain('`ciclo:loosened-ok`');
    }
    // What changes stands before the gates.
    expect(commentOf(job).indexOf('100')).toBeLessThan(commentOf(job).indexOf('<details>'));

    approve(job);
    const after = await job.run('validate', {}, { event: 'pull_request_review', payload: payloadOf(job) });
    expect(after.code).toBe(0);
    expect(after.outputs).toMatchObject({ verdict: 'pass', loosened: 'agreed' });
    expect(conclusionOf(job)).toBe('success');
    expect(commentOf(job)).toContain('`maria` agreed to it in a review of this commit.');
  });

  test('is green with the label of one who may write', async () => {
    await using job = await startJob(loosened);
    job.repository.roles.set('octocat', 'maintain');
    setLabel(job.github.state, job.repository, job.pull.number, {
      label: 'ciclo:loosened-ok',
      actor: 'octocat',
    });
    const judged = await gate(job);
    expect(judged.code).toBe(0);
    expect(judged.outputs.loosened).toBe('agreed');
  });

  test('is only told where the gate warns', async () => {
    await using job = await startJob(loosened);
    const judged = await gate(job, { 'on-loosened': 'warn' });
    expect(judged.code).toBe(0);
    expect(judged.outputs.loosened).toBe('awaited');
    expect(judged.log).toMatch(/::warning.*nobody has agreed/);
    expect(conclusionOf(job)).toBe('success');
  });

  test('is found in the merge queue by the queue’s ref', async () => {
    await using job = await startJob(loosened);
    const queued = (number: number) => ({
      event: 'merge_group',
      payload: {
        merge_group: {
          head_sha: job.pull.head.sha,
          head_ref: `refs/heads/gh-readonly-queue/release/1.x/pr-${number}-${job.pull.base.sha}`,
          base_sha: job.pull.base.sha,
          base_ref: 'refs/heads/release/1.x',
        },
      },
    });
    expect((await gate(job, {}, queued(job.pull.number))).code).toBe(1);
    approve(job);
    expect((await job.run('validate', {}, queued(job.pull.number))).outputs.loosened).toBe('agreed');
    expect((await job.run('validate', {}, queued(4711))).code).toBe(1);
  });
});

test('rules that are tightened, or the same, need nobody', async () => {
  await using job = await startJob({ ...loosened, baseGates: [{ metric: 'rmse', max: 200 }] });
  const judged = await gate(job);
  expect(judged.code).toBe(0);
  expect(judged.outputs.loosened).toBe('none');
  expect(commentOf(job)).not.toContain('ciclo:loosened-ok');
});

test('the first ciclo.yml loosens nothing', async () => {
  await using job = await startJob({ baseConfig: null });
  const judged = await gate(job);
  expect(judged.code).toBe(0);
  expect(judged.outputs.loosened).toBe('none');
});

test('a base that cannot be read is one that cannot be compared with', async () => {
  await using job = await startJob({ baseConfig: housesConfig({}).replace('regression', 'regresion') });
  const judged = await gate(job);
  expect(judged.code).toBe(1);
  expect(judged.log).toMatch(/ciclo\.yml of main could not be compared with this one: .*regresion/);
});

test('a lock that is gone, or divides the rows otherwise, is one that loosens', async () => {
  await using job = await startJob();
  await gate(job);
  const lock = await readFile(path.join(job.checkout.path, 'ciclo.lock'), 'utf8');
  addCommit(job.repository, { branch: 'main', files: { 'ciclo.lock': lock } });
  job.pull.base = { ...job.pull.base, sha: job.repository.refs.get('heads/main')! };
  const gone = await job.run('validate');
  expect(gone.code).toBe(1);
  expect(gone.log).toContain('ciclo.lock is gone');
  const other = lock.replace(/("split": \{\s*"seed": )1/, '$17');
  expect(other).not.toBe(lock);
  addCommit(job.repository, { branch: 'change', files: { 'ciclo.lock': other } });
  job.pull.head = { ...job.pull.head, sha: job.repository.refs.get('heads/change')! };
  const moved = await job.run('validate');
  expect(moved.log).toContain('the split’s seed, frozen in ciclo.lock, changes from 1 to 7');
});

function payloadOf({ pull }: Job): unknown {
  const side = ({ branch, sha, repository }: Job['pull']['head']) => ({
    ref: branch,
    sha,
    repo: { full_name: repository },
  });
  return { pull_request: { number: pull.number, head: side(pull.head), base: side(pull.base) } };
}
