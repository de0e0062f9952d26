import { describe, expect, test } from 'vitest';
import type { NewDeployment } from '../ports/deployments.ts';
import type { Forge } from '../ports/forge.ts';
import {
  failDeployment,
  openDeployment,
  succeedDeployment,
  type WantedDeployment,
} from '../upsert/deployment-upsert.ts';
import type { ForgeScene } from './forge-scene.ts';
import { refused } from './refusal.ts';

function sampleDeployment(overrides: Partial<NewDeployment> = {}): NewDeployment {
  return {
    environment: 'production',
    ref: 'main',
    description: 'fuel@v1.0.0',
    payload: { any: ['thing', 1] },
    production: true,
    ...overrides,
  };
}

export function wantedDeployment(
  overrides: Partial<WantedDeployment> & Pick<WantedDeployment, 'commit'>,
): WantedDeployment {
  return {
    pipeline: 'fuel',
    version: 'fuel@v1.0.0',
    assignment: 'fuel#production#1',
    environment: 'production',
    ref: overrides.commit,
    production: true,
    ...overrides,
  };
}

/** Deploys from beginning to end. */
export async function deploy({ deployments }: Forge, wanted: WantedDeployment) {
  const { deployment } = await openDeployment(deployments, wanted);
  const environmentUrl = 'https://fuel.example/';
  const replaced = await succeedDeployment(deployments, { deployment, wanted }, { environmentUrl });
  return { deployment, replaced };
}

/** Deployments, on every host alike. */
export function describeDeployments(host: string, open: () => Promise<ForgeScene>): void {
  describe(`${host}: deployments`, () => {
    test('come back newest first, by environment and commit, with what was put there', async () => {
      await using scene = await open();
      const { deployments } = scene.forge;
      const first = await deployments.create(sampleDeployment());
      expect(first).toMatchObject({
        environment: 'production',
        ref: 'main',
        commit: scene.mainCommit,
        description: 'fuel@v1.0.0',
        payload: { any: ['thing', 1] },
      });
      const second = await deployments.create(sampleDeployment({ ref: 'change' }));
      await deployments.create(sampleDeployment({ environment: 'staging', production: false }));
      expect(await deployments.list({ environment: 'production' })).toEqual([second, first]);
      const filter = { environment: 'production', commit: scene.mainCommit };
      expect(await deployments.list(filter)).toEqual([first]);
      expect(await deployments.list({ environment: 'none' })).toEqual([]);
    });

    test('have statuses, newest first; no other deployment changes', async () => {
      await using scene = await open();
      const { deployments } = scene.forge;
      const before = await deployments.create(
        sampleDeployment({ environment: 'staging', production: false }),
      );
      await deployments.addStatus(before.id, { state: 'success' });
      const { id } = await deployments.create(
        sampleDeployment({ environment: 'staging', production: false }),
      );
      expect(await deployments.statuses(id)).toEqual([]);
      const log = 'https://log.example/1';
      const first = await deployments.addStatus(id, { state: 'in_progress', logUrl: log });
      const live = { state: 'success', description: 'fine', environmentUrl: 'https://a.example/' } as const;
      const second = await deployments.addStatus(id, live);
      expect(await deployments.statuses(id)).toEqual([second, first]);
      expect(first).toMatchObject({ state: 'in_progress', description: '', environmentUrl: '', logUrl: log });
      expect(second).toMatchObject({ ...live, logUrl: '' });
      expect(await deployments.statuses(before.id)).toHaveLength(1);
    });

    test('are refused of an unknown ref, an unknown id, or with too long a description', async () => {
      await using scene = await open();
      const { deployments } = scene.forge;
      await refused(deployments.create(sampleDeployment({ ref: 'none' })), 422, /No ref found for: none/);
      await refused(deployments.statuses(4711), 404, /reading deployment 4711/);
      await refused(deployments.addStatus(4711, { state: 'success' }), 404, /deployment 4711/);
      const description = 'x'.repeat(141);
      await refused(deployments.create(sampleDeployment({ description })), 422, /maximum is 140/);
      const { id } = await deployments.create(sampleDeployment());
      await refused(deployments.addStatus(id, { state: 'success', description }), 422, /maximum is 140/);
    });
  });

  describe(`${host}: the deployment of a version`, () => {
    test('is one, however often it is run, in progress and then live', async () => {
      await using scene = await open();
      const { forge, mainCommit } = scene;
      const wanted = wantedDeployment({ commit: mainCommit });
      const states = async (id: number) =>
        (await forge.deployments.statuses(id)).map(({ state }) => state).reverse();
      const { deployment, madeBy } = await openDeployment(forge.deployments, wanted);
      expect(madeBy).toBe('ciclo');
      expect(await states(deployment.id)).toEqual(['in_progress']);
      for (let run = 0; run < 2; run++) {
        expect(await deploy(forge, wanted)).toMatchObject({
          deployment: { id: deployment.id },
          replaced: [],
        });
        expect(await states(deployment.id)).toEqual(['in_progress', 'success']);
      }
      const [newest] = await forge.deployments.statuses(deployment.id);
      expect(newest).toMatchObject({ description: 'fuel@v1.0.0', environmentUrl: 'https://fuel.example/' });
      expect(await forge.deployments.list({ environment: 'production' })).toEqual([deployment]);
    });

    test('sets those before it inactive, only of its own pipeline and environment', async () => {
      await using scene = await open();
      const { forge, commit } = scene;
      const stateOf = async (id: number) => (await forge.deployments.statuses(id))[0]?.state;
      const first = await deploy(forge, wantedDeployment({ commit }));
      const of = { pipeline: 'wine', version: 'wine@v1.0.0', assignment: 'wine#production#1' };
      const other = await deploy(forge, wantedDeployment({ commit, ...of }));
      const staging = await deploy(forge, wantedDeployment({ commit, environment: 'staging' }));
      const next = { version: 'fuel@v1.0.1', assignment: 'fuel#production#2' };
      const second = await deploy(forge, wantedDeployment({ commit, ...next }));
      expect(second.replaced.map(({ id }) => id)).toEqual([first.deployment.id]);
      const back = await deploy(forge, wantedDeployment({ commit, assignment: 'fuel#production#3' }));
      expect(back.deployment.id).not.toBe(first.deployment.id);
      const all = [first, other, staging, second, back];
      expect(await Promise.all(all.map(({ deployment }) => stateOf(deployment.id)))).toEqual([
        'inactive',
        'success',
        'success',
        'inactive',
        'success',
      ]);
      expect((await forge.deployments.statuses(first.deployment.id))[0]).toMatchObject({
        description: 'replaced by fuel@v1.0.1',
      });
    });

    test('that failed says why, and leaves the one before live', async () => {
      await using scene = await open();
      const { forge, commit } = scene;
      const first = await deploy(forge, wantedDeployment({ commit }));
      const next = { version: 'fuel@v1.0.1', assignment: 'fuel#production#2' };
      const wanted = wantedDeployment({ commit, ...next });
      const { deployment } = await openDeployment(forge.deployments, wanted);
      const why = `row 3: predicted 1,\nnot 2 ${'x'.repeat(200)}`;
      await failDeployment(forge.deployments, { deployment, wanted }, { why });
      const [failed] = await forge.deployments.statuses(deployment.id);
      expect(failed).toMatchObject({
        state: 'failure',
        description: expect.stringMatching(/^fuel@v1\.0\.1: row 3: predicted 1, not 2 x+…$/),
      });
      expect((await forge.deployments.statuses(first.deployment.id))[0]?.state).toBe('success');
      const third = { version: 'fuel@v1.0.2', assignment: 'fuel#production#3' };
      const { replaced } = await deploy(forge, wantedDeployment({ commit, ...third }));
      expect(replaced.map(({ id }) => id)).toEqual([first.deployment.id]);
    });
  });
}
