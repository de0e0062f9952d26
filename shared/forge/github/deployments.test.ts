import { describe, expect, test } from 'vitest';
import {
  addDeployment,
  addDeploymentStatus,
  endEnvironmentJob,
  startEnvironmentJob,
} from '../../../tests/github/deployment-seed.ts';
import { deploy, wantedDeployment } from '../testing/deployment-contract.ts';
import { openDeployScene } from '../testing/github-scene.ts';
import { openDeployment } from '../upsert/deployment-upsert.ts';

describe('the deployment that GitHub makes for a job with an environment', () => {
  const run = { id: 77, job: 5 };
  const job = { environment: 'production', run: run.id, job: run.job };

  test('is taken, and none is made beside it; the next version finds what it replaces', async () => {
    await using scene = await openDeployScene();
    const { github, seeded, forge, mainCommit: commit } = scene;
    const others = { ...job, sha: commit };
    startEnvironmentJob(github.state, seeded, { ...others, run: 76 });
    const ours = startEnvironmentJob(github.state, seeded, others);
    startEnvironmentJob(github.state, seeded, { ...others, job: 6 });
    const wanted = wantedDeployment({ commit, run });
    const opened = await openDeployment(forge.deployments, wanted);
    expect(opened).toMatchObject({ madeBy: 'host', deployment: { id: ours.id } });
    await deploy(forge, wanted);
    expect(seeded.deployments.size).toBe(3);
    const environmentUrl = 'https://fuel.example/';
    endEnvironmentJob(github.state, ours, { succeeded: true, environmentUrl });
    const next = { version: 'fuel@v1.0.1', assignment: 'fuel#production#2', run: { id: 78 } };
    const later = startEnvironmentJob(github.state, seeded, { ...others, run: 78 });
    const { deployment, replaced } = await deploy(forge, wantedDeployment({ commit, ...next }));
    expect(deployment.id).toBe(later.id);
    expect(replaced.map(({ id }) => id)).toEqual([ours.id]);
    expect(ours.statuses.map(({ state }) => state)).toEqual([
      'in_progress',
      'in_progress',
      'success',
      'success',
      'inactive',
    ]);
  });

  test('is taken without its log’s address while it runs, if GitHub’s own app made it', async () => {
    await using scene = await openDeployScene();
    const { github, seeded, forge, mainCommit: commit } = scene;
    const person = { environment: 'production', sha: commit };
    addDeploymentStatus(github.state, addDeployment(github.state, seeded, person), { state: 'in_progress' });
    const seed = { ...job, sha: commit, withoutLog: true };
    endEnvironmentJob(github.state, startEnvironmentJob(github.state, seeded, seed), { succeeded: false });
    const { madeBy } = await openDeployment(forge.deployments, wantedDeployment({ commit, run }));
    expect(madeBy).toBe('ciclo');
    const ours = startEnvironmentJob(github.state, seeded, seed);
    const next = wantedDeployment({ commit, run, assignment: 'fuel#production#2' });
    expect(await openDeployment(forge.deployments, next)).toMatchObject({
      madeBy: 'host',
      deployment: { id: ours.id },
    });
  });

  test('of another commit or environment, or outside of a run, is not taken', async () => {
    await using scene = await openDeployScene();
    const { github, seeded, forge, mainCommit } = scene;
    startEnvironmentJob(github.state, seeded, { ...job, sha: scene.commit });
    startEnvironmentJob(github.state, seeded, { ...job, sha: mainCommit, environment: 'github-pages' });
    const wanted = wantedDeployment({ commit: mainCommit, run });
    expect((await openDeployment(forge.deployments, wanted)).madeBy).toBe('ciclo');
    startEnvironmentJob(github.state, seeded, { ...job, sha: mainCommit });
    const { run: _, ...byHand } = wanted;
    expect((await openDeployment(forge.deployments, byHand)).madeBy).toBe('ciclo');
  });
});
