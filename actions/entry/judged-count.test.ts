import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { addWorkflowRun } from '../../tests/github/run-seed.ts';
import { addToken } from '../../tests/github/seed.ts';
import { housesConfig, housesCsv } from '../testing/houses.ts';
import { parseLooksLine } from '../validate/looks-line.ts';
import type { EntryEnded } from './testing/entry-process.ts';
import { gate } from './testing/gate.ts';
import { type Job, startJob } from './testing/job.ts';

/** The one comment on the pull request, below its marker. */
function commentOf({ repository, pull }: Job): string {
  const [comment, ...others] = [...repository.comments.values()].filter(({ issue }) => issue === pull.number);
  expect(others).toEqual([]);
  return comment!.body.split('\n').slice(1).join('\n');
}

const recordOf = (job: Job) => parseLooksLine(commentOf(job));

/** Another push: a fresh checkout, and a model with this penalty. */
async function push(job: Job, l2: number): Promise<EntryEnded> {
  await rm(path.join(job.checkout.path, '.ciclo'), { recursive: true, force: true });
  const validate = { bootstrap: { resamples: 100 }, gates: [{ metric: 'rmse', max: 100 }] };
  await job.checkout.write(
    'ciclo.yml',
    housesConfig({ validate, train: { candidates: [{ type: 'linear', l2 }], importance: { repeats: 1 } } }),
  );
  return gate(job);
}

const twice =
  /Test rows reused: they have evaluated 2 models since new rows last arrived \(counted: 2 models in this pull request; not counted: models tried elsewhere\)\. If all were only as good as the champion, the chance that one looks better by luck is 4\.5%\./;

describe('how many models a pull request has had judged', () => {
  test('is kept in its comment with the rights of a gate, and said alike by comment, check and summary', async () => {
    await using job = await startJob({
      permissions: { contents: 'read', pull_requests: 'write', checks: 'write' },
    });
    const first = await push(job, 0);
    expect(first.code).toBe(0);
    expect(first.log).not.toMatch(/::warning.*counted/);
    expect(commentOf(job)).not.toMatch(/Judged \d/);
    const second = await push(job, 0.5);
    const check = [...job.repository.checkRuns.values()].at(-1)!;
    for (const page of [commentOf(job), check.output.summary, second.summary]) expect(page).toMatch(twice);
    const before = recordOf(job);
    expect((await push(job, 0.5)).summary).toMatch(twice);
    expect(recordOf(job)).toEqual(before);
  });

  test('starts again with a word where somebody changed it, and when rows come', async () => {
    await using job = await startJob();
    await push(job, 0);
    const [comment] = job.repository.comments.values();
    comment!.body = comment!.body.replace('"unlisted":0', '"unlisted":-7');
    const changed = await push(job, 0.5);
    expect(changed.log).toMatch(/::warning.*in this pull request starts again from zero/);
    expect(recordOf(job)).toMatchObject({ models: [expect.any(String)], unlisted: 0 });
    const { rows } = recordOf(job) as { rows: string };
    await rm(path.join(job.checkout.path, 'ciclo.lock'));
    await job.checkout.write('data/more.csv', housesCsv(260).split('\n').toSpliced(1, 200).join('\n'));
    await push(job, 1);
    expect(recordOf(job)).toMatchObject({ models: [expect.any(String)] });
    expect(recordOf(job)).not.toMatchObject({ rows });
    expect(commentOf(job)).not.toMatch(/Judged \d/);
  });

  test('of a fork is counted by the run that comments for it', async () => {
    await using job = await startJob({ fork: true, permissions: { contents: 'read' } });
    const { state } = job.github;
    addToken(state, 'ghs_comment', {
      permissions: { contents: 'read', actions: 'read', pull_requests: 'write' },
    });
    const { sha, branch, repository } = job.pull.head;
    addWorkflowRun(state, job.repository, {
      ...{ id: 4711, event: 'pull_request', headSha: sha, headBranch: branch, headRepository: repository! },
    });
    const inputs = { 'run-id': '4711', config: 'ciclo.yml', 'github-token': 'ghs_comment' };
    const trigger = { event: 'workflow_run', payload: {} };
    await push(job, 0);
    expect((await job.run('comment', inputs, trigger)).code).toBe(0);
    expect(commentOf(job)).not.toMatch(/Judged \d/);
    await push(job, 0.5);
    expect((await job.run('comment', inputs, trigger)).code).toBe(0);
    expect(commentOf(job)).toMatch(twice);
    expect(commentOf(job)).toContain('These figures come from the fork’s own run');
    await job.run('comment', inputs, trigger);
    expect(commentOf(job)).toMatch(twice);
  });
});
