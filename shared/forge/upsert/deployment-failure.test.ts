import { describe, expect, test } from 'vitest';
import { addDeployment, addDeploymentStatus } from '../../../tests/github/deployment-seed.ts';
import { actionsApp } from '../../../tests/github/state.ts';
import { descriptionLimit } from '../ports/deployments.ts';
import { type GitHubScene, openDeployScene } from '../testing/github-scene.ts';
import { failureOf, formatFailure, parseFailure } from './deployment-failure.ts';

const version = 'fuel@v1.0.0';

describe('what a status says of a version that failed', () => {
  test('is read as it was written, on one line', () => {
    expect(parseFailure(version, formatFailure(version, 'record 1: 3\n  in place of 2'))).toBe(
      'record 1: 3 in place of 2',
    );
    expect(parseFailure(version, 'fuel@v1.0.01: record 1')).toBeUndefined();
    expect(parseFailure(version, '')).toBeUndefined();
  });

  test('is cut to what hosts take', () => {
    const text = formatFailure(version, 'x'.repeat(200));
    expect(text).toHaveLength(descriptionLimit);
    expect(parseFailure(version, text)).toMatch(/^x+…$/);
  });
});

/** A deployment of the version, by Ciclo or for the job by GitHub itself, with statuses, the oldest first. */
function deployed(
  { github, seeded, mainCommit: sha }: GitHubScene,
  by: 'ciclo' | 'host',
  statuses: readonly (readonly [state: string, description: string])[],
  of = version,
): void {
  const payload =
    by === 'ciclo' ? { ciclo: { pipeline: 'fuel', version: of, assignment: 'fuel#production#1' } } : {};
  const app = by === 'host' ? { app: actionsApp } : {};
  const one = addDeployment(github.state, seeded, { environment: 'production', sha, payload, ...app });
  for (const [state, description] of statuses) addDeploymentStatus(github.state, one, { state, description });
}

describe('whether a version failed when it was last tried', () => {
  const failed = ['failure', `${version}: record 1`] as const;
  const found = ({ forge, mainCommit: commit }: GitHubScene) =>
    failureOf(forge.deployments, { environment: 'production', commit, version });

  test('is not so before it was tried, and of another version’s failure', async () => {
    await using scene = await openDeployScene();
    expect(await found(scene)).toBeUndefined();
    deployed(scene, 'ciclo', [['failure', 'fuel@v2.0.0: record 1']], 'fuel@v2.0.0');
    deployed(scene, 'host', [['failure', 'other@v1.0.0: record 1']]);
    expect(await found(scene)).toBeUndefined();
  });

  test.each(['ciclo', 'host'] as const)('is shown by the deployment that %s made', async (by) => {
    await using scene = await openDeployScene();
    // When the job ends, GitHub says of its own deployment that it failed, and no more.
    deployed(scene, by, [
      ['in_progress', version],
      failed,
      ...(by === 'host' ? ([['failure', '']] as const) : []),
    ]);
    expect(await found(scene)).toBe('record 1');
    // A later try that has not ended says nothing else.
    deployed(scene, by, [['in_progress', version]]);
    expect(await found(scene)).toBe('record 1');
  });

  test('is not so once it went well, though it was replaced since', async () => {
    await using scene = await openDeployScene();
    deployed(scene, 'ciclo', [failed]);
    deployed(scene, 'ciclo', [
      ['success', version],
      ['inactive', 'replaced by fuel@v1.1.0'],
    ]);
    expect(await found(scene)).toBeUndefined();
  });
});
