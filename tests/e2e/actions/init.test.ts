import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPullRequest } from '../../github/seed.ts';
import { ciclo } from '../support/ciclo-process.ts';
import type { Stage } from './support/open-stage.ts';
import { setStage } from './support/stage.ts';

const table = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vega-datasets/package.json')),
  'data/penguins.json',
);

/** Everything of the example repository goes: what is left is a repository with data. */
const onlyData = Object.fromEntries(
  ['.github', 'data', 'flights', 'python', 'strikes', 'weather', 'README.md', 'ciclo.lock', 'ciclo.yml'].map(
    (name) => [name, null],
  ),
);

describe('a repository with a table and nothing else', () => {
  let stage: Stage;
  let said = '';
  beforeAll(async () => {
    stage = await setStage({ ...onlyData, 'penguins.json': await readFile(table, 'utf8') });
    const ended = await ciclo(['init', 'penguins.json', '--yes'], { cwd: stage.checkout.folder });
    expect(ended).toMatchObject({ code: 0, signal: null });
    said = ended.stdout;
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  test('has workflows in which actionlint finds nothing', ({ skip }) => {
    const { error, status, stdout } = spawnSync('actionlint', ['-color=false'], {
      cwd: stage.checkout.folder,
      encoding: 'utf8',
    });
    skip(error !== undefined, 'actionlint is not installed');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('is told the commands up to the pull request, and the pages of its settings', () => {
    expect(said).toMatch(/^ {2}git switch -c ciclo-init && git add .*penguins\.json/m);
    expect(said).toMatch(
      // Nothing has been fetched from origin, so that it may have no main yet.
      /^ {2}git push -u origin main && git push -u origin ciclo-init && gh pr create --fill$/m,
    );
    expect(said).toContain('https://github.com/acme/fuel/settings/rules/new?target=branch');
  });

  test('gets a green job and a comment on the pull request that these commands make', async () => {
    stage.checkout.git('switch', '--quiet', '--create', 'ciclo-init');
    await stage.checkout.commit('ciclo-init', {});
    const pull = openPullRequest(stage.github.state, stage.repository, { branch: 'ciclo-init' });
    const run = await stage.runPullRequest(pull);
    expect(run.log).not.toMatch(/::error|bug in Ciclo/);
    expect(run.passed).toBe(true);
    expect(stage.checks(pull.head.sha)).toMatchObject([{ name: 'ciclo / fuel', conclusion: 'success' }]);
    expect(stage.comments(pull)[0]!.body).toMatch(/log-loss/);
  });
});
