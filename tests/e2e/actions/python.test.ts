import { expect, test } from 'vitest';
import { deployGrants } from '../../../shared/forge/testing/github-scene.ts';
import type { Stage } from './support/open-stage.ts';
import { setStage } from './support/stage.ts';

const folders = ['python'];

/** Installing LightGBM and what converts it takes a minute by itself. */
const limit = 900_000;

function assetsOf({ repository }: Stage): string[] {
  return [...repository.releases.values()].flatMap(({ assets }) =>
    assets.map(({ name, state }) => `${name} ${state}`),
  );
}

test('the example’s model of Python is judged on a pull request, deployed after the merge, and answers from its server', {
  timeout: limit,
}, async () => {
  await using stage = await setStage();
  const script = await stage.checkout.read('python/train.py');
  const changed = script.replace('num_leaves=7', 'num_leaves=5');
  expect(changed).not.toBe(script);
  const pull = await stage.pullRequest({ 'python/train.py': changed });
  const judged = await stage.runPullRequest(pull, { folders });
  expect(judged.log).not.toMatch(/bug in Ciclo/);
  expect(judged.passed).toBe(true);
  // What the workflow asked the stand-in for, and what pip was given.
  expect(judged.log).toMatch(/asked for Python 3\.12 pip python\/requirements\.txt/);
  expect(judged.log).toMatch(/model\.onnx agrees with the command's own predictions/);
  const [comment] = stage.comments(pull);
  expect(comment!.body).toMatch(/rmse/);
  expect(comment!.body).toMatch(/lightgbm/);

  const sha = await stage.checkout.commit('main', { 'python/train.py': changed });
  const deployed = await stage.run({
    event: 'push',
    payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
    folders,
    permissions: deployGrants,
  });
  expect(deployed.log).not.toMatch(/bug in Ciclo/);
  expect(deployed.passed).toBe(true);
  expect(assetsOf(stage)).toEqual([
    'penguins-v1.0.0.zip uploaded',
    'model-card.md uploaded',
    'penguins-v1.0.0-server.zip uploaded',
  ]);
  // Only when the server's folder was started, and answered the stored examples as the evaluation has them.
  expect(deployed.log).toMatch(/penguins@v1\.0\.0 is in production/);
  expect([...stage.repository.deployments.values()].map(({ statuses }) => statuses.at(-1)!.state)).toEqual([
    'success',
  ]);
});
