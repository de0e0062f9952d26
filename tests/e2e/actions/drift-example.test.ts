import { expect, test } from 'vitest';
import { historyLineSchema } from '../../../shared/drift/history/history-line.ts';
import { deployGrants, retrainGrants } from '../../../shared/forge/testing/github-scene.ts';
import { setStage } from './support/stage.ts';

test('the example’s own drift.yml finds that cars changed after 1976, and says what comes of it', async () => {
  await using stage = await setStage();
  const sha = stage.checkout.git('rev-parse', 'main');
  const deployed = await stage.run({
    event: 'push',
    payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
    permissions: deployGrants,
  });
  expect(deployed.passed).toBe(true);
  const run = await stage.run({
    event: 'schedule',
    payload: { schedule: '17 5 * * 1' },
    workflow: '.github/workflows/drift.yml',
    permissions: retrainGrants,
  });
  expect(run.log).not.toMatch(/bug in Ciclo/);
  expect(run.passed).toBe(true);
  expect(run.artifacts).toEqual([
    expect.stringMatching(/^ciclo-fuel-(drift|proposal)-/),
    expect.stringMatching(/^ciclo-fuel-(drift|proposal)-/),
  ]);
  const { repository } = stage;
  const noted = repository.commits.get(repository.refs.get('heads/ciclo-history')!)!.files.get('fuel.ndjson');
  const line = historyLineSchema.parse(JSON.parse(noted!.toString()));
  expect(line).toMatchObject({
    model: 'v1.0.0',
    window: { after: '1976', until: '1982' },
    outcome: 'drift',
    severity: 'major',
    performance: { metric: 'rmse', degraded: true },
  });
  const [pull] = repository.pullRequests.values();
  expect(pull).toMatchObject({
    number: line.action!.number,
    state: 'open',
    labels: ['ciclo', 'retraining'],
    head: { branch: 'ciclo/retrain/fuel' },
    title: expect.stringMatching(/^Retrain fuel: rmse [\d.]+ → [\d.]+ on unseen rows/),
  });
});
