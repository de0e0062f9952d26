import { expect, test } from 'vitest';
import { type HistoryLine, historyLineSchema } from '../../../shared/drift/history/history-line.ts';
import { deployGrants, retrainGrants } from '../../../shared/forge/testing/github-scene.ts';
import type { Repository } from '../../github/state.ts';
import { exampleFolders } from './support/repository.ts';
import { setStage } from './support/stage.ts';

/** The only line of a pipeline's history. */
function noted({ commits, refs }: Repository, pipeline: string): HistoryLine {
  const file = commits.get(refs.get('heads/ciclo-history')!)!.files.get(`${pipeline}.ndjson`);
  return historyLineSchema.parse(JSON.parse(file!.toString()));
}

test('the example’s own workflows deploy its three pipelines, find what changed after their locks, and say what comes of it', async () => {
  await using stage = await setStage();
  const sha = stage.checkout.git('rev-parse', 'main');
  const deployed = await stage.run({
    event: 'push',
    payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
    folders: exampleFolders,
    permissions: deployGrants,
  });
  expect(deployed.passed).toBe(true);
  const { repository } = stage;
  const titles = [...repository.releases.values()].map(({ title }) => title);
  expect(titles.sort()).toEqual(['fuel v1.0.0', 'strikes v1.0.0', 'weather v1.0.0']);
  const run = await stage.run({
    event: 'schedule',
    payload: { schedule: '17 5 * * 1' },
    workflow: '.github/workflows/drift.yml',
    folders: exampleFolders,
    permissions: retrainGrants,
  });
  expect(run.log).not.toMatch(/bug in Ciclo/);
  expect(run.passed).toBe(true);
  expect(run.artifacts.toSorted()).toEqual(
    ['fuel', 'strikes', 'weather'].flatMap((name) => [
      expect.stringMatching(new RegExp(`^ciclo-${name}-drift-`)),
      expect.stringMatching(new RegExp(`^ciclo-${name}-proposal-`)),
    ]),
  );
  const fuel = noted(repository, 'fuel');
  expect(fuel).toMatchObject({
    model: 'v1.0.0',
    window: { after: '1976', until: '1982' },
    outcome: 'drift',
    severity: 'major',
    performance: { metric: 'rmse', degraded: true },
  });
  const [pull] = repository.pullRequests.values();
  expect(pull).toMatchObject({
    number: fuel.action!.number,
    state: 'open',
    labels: ['ciclo', 'retraining'],
    head: { branch: 'ciclo/retrain/fuel' },
    title: expect.stringMatching(/^Retrain fuel: rmse [\d.]+ → [\d.]+ on unseen rows/),
  });
  // Three more months of strikes make no model that is better with 80% confidence: an issue, and no pull request.
  expect(noted(repository, 'strikes')).toMatchObject({
    outcome: 'drift',
    performance: { metric: 'f-beta(2)', degraded: false },
    action: { kind: 'issue' },
  });
  // A year of weather follows its season, and is no drift.
  expect(noted(repository, 'weather')).toMatchObject({
    outcome: 'no-drift',
    performance: { metric: 'log-loss', degraded: false },
    action: { kind: 'none' },
  });
  expect(repository.pullRequests.size).toBe(1);
});
