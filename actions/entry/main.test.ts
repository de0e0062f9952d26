import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { housesConfig } from '../testing/houses.ts';
import { gate } from './testing/gate.ts';
import { type Job, startJob } from './testing/job.ts';

const comments = ({ repository, pull }: Job) =>
  [...repository.comments.values()].filter(({ issue }) => issue === pull.number);
const checks = ({ repository }: Job) => [...repository.checkRuns.values()];

describe('prepare, train and validate in a job', () => {
  test('hand on results, say what they made, and show the verdict', async () => {
    await using job = await startJob();
    const prepared = await job.run('prepare');
    expect(prepared.log).toMatch(/200 rows read/);
    expect(prepared.outputs).toMatchObject({ rows: '200', quality: 'warn' });
    const trained = await job.run('train');
    expect(trained.outputs).toMatchObject({ candidate: 'linear' });
    const judged = await job.run('validate');
    expect(judged.code).toBe(0);
    expect(judged.outputs).toMatchObject({ verdict: 'pass', 'primary-metric': 'rmse' });
    expect(Number(judged.outputs['primary-value'])).toBeGreaterThan(10);
    expect(job.artifacts()).toEqual([
      prepared.outputs['artifact-name'],
      trained.outputs['artifact-name'],
      judged.outputs['artifact-name'],
    ]);
    const [comment] = comments(job);
    expect(judged.outputs['comment-url']).toContain(`#issuecomment-${comment!.id}`);
    expect(checks(job)).toEqual([
      expect.objectContaining({ name: 'ciclo / houses', conclusion: 'success', sha: job.pull.head.sha }),
    ]);
    expect(judged.summary).toContain('rmse');
    expect(comment!.body).toContain('rmse');
  });

  test('find each other’s results across jobs: an empty workspace takes them from the run', async () => {
    await using job = await startJob();
    await job.run('prepare');
    await job.run('train');
    await rm(path.join(job.checkout.path, '.ciclo'), { recursive: true });
    const judged = await job.run('validate');
    expect(judged.code).toBe(0);
    expect(judged.log).toMatch(/took the dataset of houses from the artifact/);
    expect(judged.log).toMatch(/took the model of houses from the artifact/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('a job that the runner cancels by %s ends in the middle of its work', async (signal, code) => {
    await using job = await startJob();
    await job.run('prepare');
    const endless = {
      candidates: [{ type: 'linear', solver: 'adam', epochs: 1 }],
      importance: { repeats: 1e9, work: 1e300 },
    };
    await writeFile(job.checkout.config, housesConfig({ train: endless }));
    let told = false;
    const cancelled = await job.run(
      'train',
      {},
      {
        watch: (child, log) => {
          if (told || !log.includes('chose linear')) return;
          told = true;
          child.kill(signal);
        },
      },
    );
    expect(cancelled.code).toBe(code);
    expect(cancelled.log).not.toContain('bug in Ciclo');
    expect(await readdir(path.join(job.checkout.path, '.ciclo'))).toEqual(['.gitignore', 'dataset']);
  });

  test('with artifacts turned off nothing is stored, and a missing result is a mistake that says so', async () => {
    await using job = await startJob();
    const off = { artifacts: 'false' };
    expect((await job.run('prepare', off)).outputs['artifact-name']).toBeUndefined();
    await rm(path.join(job.checkout.path, '.ciclo'), { recursive: true });
    const trained = await job.run('train', off);
    expect(trained.code).toBe(1);
    expect(trained.log).toMatch(/::error::there is no dataset at .*: run ciclo prepare first/);
    expect(job.artifacts()).toEqual([]);
  });

  test('with results all but the dataset is stored, and a job without it is told why', async () => {
    await using job = await startJob();
    const results = { artifacts: 'results' };
    const prepared = await job.run('prepare', results);
    expect(prepared.outputs['artifact-name']).toBeUndefined();
    expect(prepared.log).toContain('The dataset is not kept as an artifact, because artifacts is results');
    await job.run('train', results);
    expect(job.artifacts().map((name) => name.split('-')[2])).toEqual(['model']);
    await rm(path.join(job.checkout.path, '.ciclo'), { recursive: true });
    const judged = await job.run('validate', results);
    expect(judged.code).toBe(1);
    expect(judged.log).toMatch(/no artifact of this run is named ciclo-houses-dataset/);
    expect(judged.log).toContain('the steps that need it run in one job');
  });

  test('a failed gate ends the step red, its sentence as the error', async () => {
    await using job = await startJob({ gates: [{ metric: 'rmse', max: 1 }] });
    const judged = await gate(job);
    expect(judged.code).toBe(1);
    expect(judged.outputs.verdict).toBe('fail');
    expect(judged.log).toMatch(/::error::One gate fails \(rmse at most 1\)/);
    expect(judged.log).not.toMatch(/This is a bug/);
    expect(checks(job)[0]!.conclusion).toBe('failure');
  });

  test.each([
    ['never', 0],
    ['inconclusive', 1],
  ])('fail-on %s: the step ends with %i', async (failOn, code) => {
    await using job = await startJob({ gates: [{ metric: 'rmse', max: 1 }] });
    expect((await gate(job, { 'fail-on': failOn })).code).toBe(code);
  });

  test('a mistake in ciclo.yml is one error for each place, without a stack', async () => {
    await using job = await startJob();
    await job.checkout.write('ciclo.yml', 'task: regresion\ntarget: price\ndata:\n  source: { type: fil }\n');
    const prepared = await job.run('prepare');
    expect(prepared.code).toBe(1);
    const errors = prepared.log.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors.length).toBeGreaterThanOrEqual(2);
    expect(errors[0]).toMatch(
      /^::error file=ciclo\.yml,line=1,col=1::task: "regresion" .*did you mean "regression"/,
    );
    expect(prepared.log).not.toMatch(/\n\s+at /);
  });

  test('secrets of the source are masked and must be named CICLO_…', async () => {
    await using job = await startJob();
    const wrong = await job.run('prepare', { 'source-env': '{"GITHUB_TOKEN":"hush"}' });
    expect(wrong.code).toBe(1);
    expect(wrong.log).toMatch(/source-env: GITHUB_TOKEN: .*names begin with CICLO_/);
    expect(wrong.log).not.toContain('hush');
    const right = await job.run('prepare', { 'source-env': '{"CICLO_TOKEN":"hush"}' });
    expect(right.code).toBe(0);
    expect(right.log).toContain('::add-mask::hush');
  });
});

describe('what the token may not do', () => {
  test('the gate still gates, and one warning names the permissions to add', async () => {
    await using job = await startJob({ permissions: { contents: 'read', actions: 'read' } });
    const judged = await gate(job);
    expect(judged.code).toBe(0);
    expect(judged.outputs.verdict).toBe('pass');
    const warnings = judged.log.split('\n').filter((line) => line.startsWith('::warning'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('checks: write');
    expect(warnings[0]).toContain('pull-requests: write');
    expect(comments(job)).toEqual([]);
  });

  test('a failing gate fails without them too', async () => {
    await using job = await startJob({
      permissions: { contents: 'read' },
      gates: [{ metric: 'rmse', max: 1 }],
    });
    expect((await gate(job)).code).toBe(1);
  });

  test('a fork’s run asks for nothing it cannot have, and makes no check', async () => {
    await using job = await startJob({ fork: true, permissions: { contents: 'read' } });
    const judged = await gate(job);
    expect(judged.code).toBe(0);
    expect(judged.log).not.toMatch(/::warning/);
    expect(judged.log).toMatch(/comment\.yml writes the comment/);
    expect(checks(job)).toEqual([]);
    expect(
      job.github.requests
        .filter(({ method }) => method !== 'GET' && method !== 'PUT')
        .filter(({ path: at }) => at.startsWith('/repos/')),
    ).toEqual([]);
  });
});

describe('a fork whose data needs a secret', () => {
  test('learns that forks get none, and what can be done', async () => {
    await using job = await startJob({ fork: true, permissions: { contents: 'read' } });
    await job.checkout.write(
      'ciclo.yml',
      housesConfig({
        data: {
          source: {
            type: 'http',
            url: 'https://houses.example/rows',
            headers: { authorization: 'Bearer ${{ env.CICLO_TOKEN }}' },
          },
          key: 'id',
        },
      }),
    );
    const prepared = await job.run('prepare');
    expect(prepared.code).toBe(1);
    expect(prepared.log).toMatch(/the environment variable CICLO_TOKEN is not set/);
    expect(prepared.log).toMatch(/comes from a fork, whose runs get no secrets/);
    expect(prepared.log).not.toMatch(/This is a bug/);
  });
});
