import { expect, test } from 'vitest';
import { addWorkflowRun } from '../../../tests/github/run-seed.ts';
import { MissingPermissionError } from '../ports/forge-error.ts';
import { openGitHubScene } from '../testing/github-scene.ts';
import { createGitHubWorkflowRuns } from './workflow-runs.ts';

test('a run of a fork’s pull request says whose head it ran', async () => {
  await using scene = await openGitHubScene();
  const headRepository = 'visitor/fuel';
  const seed = { event: 'pull_request', headSha: scene.commit, headBranch: 'main', headRepository };
  const { id } = addWorkflowRun(scene.github.state, scene.seeded, seed);
  expect(await createGitHubWorkflowRuns(scene.options).get(id)).toMatchObject({
    id,
    event: 'pull_request',
    head: { commit: scene.commit, branch: 'main', owner: 'visitor', repository: headRepository },
  });
  expect(await createGitHubWorkflowRuns(scene.options).get(4711)).toBeUndefined();
});

test('without the right to read runs the error names it', async () => {
  await using scene = await openGitHubScene({ token: { permissions: { contents: 'read' } } });
  const { id } = addWorkflowRun(scene.github.state, scene.seeded);
  const read = createGitHubWorkflowRuns(scene.options).get(id);
  await expect(read).rejects.toThrow(MissingPermissionError);
  await expect(createGitHubWorkflowRuns(scene.options).get(id)).rejects.toMatchObject({
    permission: 'actions: read',
  });
});
