import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { deployGrants, retrainGrants } from '../../../shared/forge/testing/github-scene.ts';
import { havePostgres, postgresServer } from '../../../shared/source/testing/postgres-server.ts';
import type { Stage, StageRun } from './support/open-stage.ts';
import { example } from './support/repository.ts';
import { setStage } from './support/stage.ts';
import { unpackedText } from './support/unpacked.ts';

/** DuckDB is installed by each job that reads it. */
const limit = 600_000;

/** Merges a change, and deploys what main has then. */
async function deploy(stage: Stage, options: Partial<StageRun>) {
  const sha = await stage.checkout.commit('main', { 'README.md': 'a change\n' });
  const deployed = await stage.run({
    event: 'push',
    payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
    permissions: deployGrants,
    ...options,
  });
  expect(deployed.log).not.toMatch(/bug in Ciclo/);
  expect(deployed.passed).toBe(true);
  return deployed;
}

const textOf = async (zips: readonly Buffer[]): Promise<string> =>
  (await Promise.all(zips.map(unpackedText))).join('\n');

const tags = ({ repository }: Stage): string[] =>
  [...repository.releases.values()].flatMap(({ title }) => title ?? []);

test('the example whose rows DuckDB makes is judged on a pull request, deployed, and watched', {
  timeout: limit,
}, async () => {
  await using stage = await setStage();
  const folders = ['forecast'];
  const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
  const judged = await stage.runPullRequest(pull, { folders });
  expect(judged.log).not.toMatch(/bug in Ciclo/);
  expect(judged.passed).toBe(true);
  expect(judged.log).toMatch(/installing @duckdb\/node-api/);
  expect(stage.comments(pull)[0]!.body).toMatch(/rmse/);
  await deploy(stage, { folders });
  expect(tags(stage)).toEqual(['forecast v1.0.0']);
  const watched = await stage.run({
    event: 'schedule',
    payload: { schedule: '17 5 * * 1' },
    workflow: '.github/workflows/drift.yml',
    folders,
    permissions: retrainGrants,
  });
  expect(watched.log).not.toMatch(/bug in Ciclo/);
  expect(watched.passed).toBe(true);
  expect(watched.artifacts).toContainEqual(expect.stringMatching(/^ciclo-forecast-drift-/));
});

describe.skipIf(!havePostgres())('the example whose rows PostgreSQL has', () => {
  /** The example's workflow, with the pipeline that needs a server and the secret that says where it is. */
  async function workflows() {
    const file = '.github/workflows/model.yml';
    const text = await readFile(path.join(example, file), 'utf8');
    const changed = text
      .replaceAll('forecast, python]', 'forecast, python, postgres]')
      .replaceAll('"forecast", "python"]', '"forecast", "python", "postgres"]')
      .replaceAll(
        /\n {4}permissions:\n/g,
        '\n    secrets:\n      CICLO_POSTGRES_URL: ${{ secrets.CICLO_POSTGRES_URL }}\n    permissions:\n',
      );
    expect(changed.match(/secrets\.CICLO_POSTGRES_URL/g)).toHaveLength(2);
    return { [file]: changed };
  }

  test('is judged and deployed, and no log, comment, check, artifact or file shows the password', {
    timeout: limit,
  }, async () => {
    await using server = await postgresServer();
    await promisify(execFile)(server.psql, [server.url, '--quiet', '--file', 'load.sql'], {
      cwd: path.join(example, 'postgres'),
    });
    await using stage = await setStage(await workflows());
    const folders = ['postgres'];
    const options = { folders, secrets: { CICLO_POSTGRES_URL: server.url } };
    const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
    const judged = await stage.runPullRequest(pull, options);
    expect(judged.log).not.toMatch(/bug in Ciclo/);
    expect(judged.passed).toBe(true);
    expect(stage.comments(pull)[0]!.body).toMatch(/rmse/);
    const deployed = await deploy(stage, options);
    expect(tags(stage)).toEqual(['cars v1.0.0']);

    // The server takes another password: the pull request is not judged, and is told why.
    const wrong = { CICLO_POSTGRES_URL: server.url.replace('word', 'sword-fish') };
    const refused = await stage.runPullRequest(pull, { folders, secrets: wrong });
    expect(refused.passed).toBe(false);
    expect(refused.log).toMatch(
      /it does not accept user and password; check the value of CICLO_POSTGRES_URL/,
    );

    const { repository, artifacts } = stage;
    const assets = [...repository.releases.values()].flatMap((release) => release.assets);
    const uploaded = artifacts.state.artifacts.flatMap(({ blob }) => blob.bytes ?? []);
    const seen = {
      logs: [judged, deployed, refused].map(({ log }) => log).join('\n'),
      comments: JSON.stringify([...repository.comments.values()]),
      checks: JSON.stringify([...repository.checkRuns.values()]),
      releases: JSON.stringify([...repository.releases.values()].map(({ body }) => body)),
      assets: await textOf(assets.filter(({ name }) => name.endsWith('.zip')).map(({ bytes }) => bytes)),
      artifacts: await textOf(uploaded),
    };
    // They are what they should be: unpacked, and of this model.
    for (const text of [seen.assets, seen.artifacts]) expect(text).toContain('displacement');
    for (const [where, text] of Object.entries(seen)) {
      expect(text.length, where).toBeGreaterThan(100);
      for (const secret of ['p&ss', 'p%26ss', 'sword-fish']) {
        expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
      }
    }
  });
});
