import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ciclo } from '../support/ciclo-process.ts';
import { type Stage, setStage } from './support/stage.ts';

/** The example with its champion of the first years in `champion/`, and gates that so few rows can tell. */
async function stageWithChampion(years: string): Promise<Stage> {
  const stage = await setStage();
  const { folder, read, commit } = stage.checkout;
  const config = await read('ciclo.yml');
  const workflow = await read('.github/workflows/model.yml');
  await commit('main', {
    'ciclo.yml': config
      .replace('{ metric: rmse, max: 4 }', '{ metric: rmse, max: 6 }')
      .replace(/ {4}- \{ metric: r2, train-gap.*\n/, '')
      .replace(/ {4}- \{ metric: rmse, slice: origin.*\n/, ''),
    '.github/workflows/model.yml': workflow.replace(
      'gate.yml@v1\n',
      'gate.yml@v1\n    with: { champion: champion }\n',
    ),
  });
  await lockUntil(folder, years);
  expect((await ciclo(['run', '--quiet'], { cwd: folder })).code).toBe(0);
  await rename(path.join(folder, '.ciclo/model'), path.join(folder, 'champion'));
  await rm(path.join(folder, '.ciclo'), { recursive: true });
  await commit('main', {});
  return stage;
}

async function lockUntil(folder: string, year: string): Promise<void> {
  expect((await ciclo(['lock', '--until', year, '--quiet'], { cwd: folder })).code).toBe(0);
}

/** What differs from run to run: commits, numbers of runs and artifacts. */
function settled(body: string): string {
  return body
    .replace(/\b[0-9a-f]{40}\b/g, '4c1d0'.padEnd(40, '0'))
    .replace(/`[0-9a-f]{7,8}`/g, '`4c1d0000`')
    .replace(/(actions\/runs|artifacts)\/\d+/g, '$1/1');
}

describe('the comment of the example, as the README shows it', () => {
  test('taking in newer cars passes', async () => {
    await using stage = await stageWithChampion('1974');
    const config = await stage.checkout.read('ciclo.yml');
    await stage.checkout.commit('change', {});
    await lockUntil(stage.checkout.folder, '1982');
    const pull = await stage.pullRequest({ 'ciclo.yml': config });
    expect((await stage.runPullRequest(pull)).passed).toBe(true);
    await expect(settled(stage.comments(pull)[0]!.body)).toMatchFileSnapshot('../golden/passing.md');
  });

  test('leaving out what the engine is like fails', async () => {
    await using stage = await stageWithChampion('1982');
    const config = await stage.checkout.read('ciclo.yml');
    const pull = await stage.pullRequest({
      'ciclo.yml': config
        .replace('exclude: [model]', 'exclude: [model, weight, horsepower, displacement, cylinders]')
        .replace(/ {2}derive: .*\n/, ''),
    });
    expect((await stage.runPullRequest(pull)).passed).toBe(false);
    await expect(settled(stage.comments(pull)[0]!.body)).toMatchFileSnapshot('../golden/failing.md');
  });
});
