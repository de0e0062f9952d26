import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { cicloVersion } from '../../../shared/platform/version.ts';
import type { PullRequest } from '../../github/state.ts';
import { ciclo } from '../support/ciclo-process.ts';
import type { Stage } from './support/open-stage.ts';
import { withChampion } from './support/repository.ts';
import { setStage } from './support/stage.ts';

/** A pipeline of the example, and how a pull request changes its ciclo.yml for the worse. */
interface Golden {
  readonly name: string;
  readonly folder: string;
  /** End of the champion's data, and of the newer data that a pull request takes in. */
  readonly until: { readonly champion: string; readonly newer: string };
  /** Of the base branch's ciclo.yml. */
  readonly base: (config: string) => string;
  readonly worse: (config: string) => string;
}

const fuel: Golden = {
  name: 'fuel',
  folder: '.',
  until: { champion: '1974', newer: '1982' },
  // Gates that so few rows can tell.
  base: (config) =>
    config
      .replace('{ metric: rmse, max: 5 }', '{ metric: rmse, max: 6 }')
      .replace(/ {4}- \{ metric: r2, train-gap.*\n/, '')
      .replace(/ {4}- \{ metric: rmse, slice: origin.*\n/, ''),
  worse: (config) =>
    config
      .replace('exclude: [model]', 'exclude: [model, weight, horsepower, displacement, cylinders]')
      .replace(/ {2}derive: .*\n/, ''),
};

const strikes: Golden = {
  name: 'strikes',
  folder: 'strikes',
  until: { champion: '1999-12-31', newer: '2002-12-31' },
  base: (config) => config,
  worse: (config) => config.replaceAll(', class-weights: balanced', ''),
};

const weather: Golden = {
  name: 'weather',
  folder: 'weather',
  until: { champion: '2014-12-31', newer: '2015-12-31' },
  base: (config) => config,
  worse: (config) =>
    config
      .replace('prepare:\n', 'prepare:\n  exclude: [precipitation]\n')
      .replace(/ {2}precipitation: .*\n/, ''),
};

const configOf = ({ folder }: Golden): string => path.posix.join(folder, 'ciclo.yml');

/** The example, and each pipeline's champion in its folder `champion`. */
async function stageWithChampions(
  pipelines: readonly Golden[],
  end: (pipeline: Golden) => string,
): Promise<Stage> {
  const stage = await setStage();
  const { folder, read, commit } = stage.checkout;
  const workflow = await read('.github/workflows/model.yml');
  const configs = await Promise.all(
    pipelines.map(async (pipeline) => {
      const file = configOf(pipeline);
      return [file, pipeline.base(await read(file))] as const;
    }),
  );
  await commit('main', {
    ...Object.fromEntries(configs),
    '.github/workflows/model.yml': withChampion(workflow),
  });
  for (const pipeline of pipelines) {
    const cwd = path.join(folder, pipeline.folder);
    await lockUntil(cwd, end(pipeline));
    expect((await ciclo(['run', '--quiet'], { cwd })).code).toBe(0);
    await rename(path.join(cwd, '.ciclo/model'), path.join(cwd, 'champion'));
    await rm(path.join(cwd, '.ciclo'), { recursive: true });
  }
  await commit('main', {});
  return stage;
}

async function lockUntil(cwd: string, time: string): Promise<void> {
  expect((await ciclo(['lock', '--until', time, '--quiet'], { cwd })).code).toBe(0);
}

/** What differs from run to run: commits, numbers of runs and artifacts. */
function settled(body: string): string {
  return body
    .replace(/\b[0-9a-f]{40}\b/g, '4c1d0'.padEnd(40, '0'))
    .replace(/`[0-9a-f]{7,8}`/g, '`4c1d0000`')
    .replace(/(actions\/runs|artifacts)\/\d+/g, '$1/1');
}

const madeBy = /^- Ciclo (\S+)$/m;

/** Without what follows from the version alone: it is part of every model, and so of every digest. */
function ofAnyVersion(body: string): string {
  return body
    .replace(madeBy, '- Ciclo')
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:')
    .replace(/"x[0-9a-f]{12}"/g, '"x"');
}

/** As the golden file has it; just after a release, whose version it does not know, all but its digests. */
async function expectGolden(body: string, file: string): Promise<void> {
  const golden = await readFile(new URL(file, import.meta.url), 'utf8').catch(() => body);
  if (madeBy.exec(golden)?.[1] === cicloVersion) await expect(body).toMatchFileSnapshot(file);
  else expect(ofAnyVersion(body)).toBe(ofAnyVersion(golden));
}

/** The comments of a pull request's run, by pipeline. */
async function commentsOf(
  stage: Stage,
  pull: PullRequest,
  pipelines: readonly Golden[],
  passes: boolean,
): Promise<(pipeline: Golden) => string> {
  const run = await stage.runPullRequest(pull, { folders: pipelines.map(({ folder }) => folder) });
  expect(run.passed).toBe(passes);
  const bodies = stage.comments(pull).map(({ body }) => settled(body));
  expect(bodies).toHaveLength(pipelines.length);
  return ({ name }) => bodies.find((body) => body.split('\n').slice(0, 8).join('\n').includes(name))!;
}

const pipelines = [fuel, strikes, weather];
const golden = ({ name }: Golden, end: string): string =>
  `../golden/${name === 'fuel' ? '' : `${name}-`}${end}.md`;

describe('the comments of the example, as the README shows them', () => {
  test('taking in newer data passes', async () => {
    await using stage = await stageWithChampions(pipelines, ({ until }) => until.champion);
    const { folder, read, commit } = stage.checkout;
    const declared = await read('ciclo.yml');
    await commit('change', {});
    for (const pipeline of pipelines) {
      await lockUntil(path.join(folder, pipeline.folder), pipeline.until.newer);
    }
    const pull = await stage.pullRequest({ 'ciclo.yml': declared });
    const comment = await commentsOf(stage, pull, pipelines, true);
    for (const pipeline of pipelines) {
      await expectGolden(comment(pipeline), golden(pipeline, 'passing'));
    }
  });

  test('leaving out what matters fails: the engine, the weight of damage, the rain gauge', async () => {
    await using stage = await stageWithChampions(pipelines, ({ until }) => until.newer);
    const changed = await Promise.all(
      pipelines.map(async (pipeline) => {
        const file = configOf(pipeline);
        return [file, pipeline.worse(await stage.checkout.read(file))] as const;
      }),
    );
    const pull = await stage.pullRequest(Object.fromEntries(changed));
    const comment = await commentsOf(stage, pull, pipelines, false);
    for (const pipeline of pipelines) {
      await expectGolden(comment(pipeline), golden(pipeline, 'failing'));
    }
  });
});
