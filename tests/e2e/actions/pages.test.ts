import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Token } from '../../github/state.ts';
import type { Stage, StageResult } from './support/open-stage.ts';
import { quickConfig } from './support/quick.ts';
import { setStage } from './support/stage.ts';

const quick = {
  'ciclo.yml': quickConfig(undefined, { extra: 'description: How far a car goes.\n' }),
  'ciclo.lock': null,
};

/** What the example grants to pages.yml, as far as the API is asked: Pages itself is not run for real. */
const reading = { contents: 'read' } as const;
const deploying: Token['permissions'] = {
  ...{ contents: 'write', actions: 'read', checks: 'write', deployments: 'write' },
};

function publish(stage: Stage, site: string, conclusion: string): Promise<StageResult> {
  return stage.run({
    event: 'workflow_run',
    workflow: '.github/workflows/pages.yml',
    permissions: reading,
    environment: { CICLO_PAGES: site },
    payload: {
      action: 'completed',
      workflow_run: { id: 1, event: 'push', conclusion, head_branch: 'main' },
    },
  });
}

describe('pages.yml', () => {
  test('publishes the deployed version after a deployment, with a token that may only read', async () => {
    await using stage = await setStage(quick);
    const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-pages-'));
    const site = path.join(folder, 'site');
    try {
      const nothing = await publish(stage, site, 'success');
      expect(nothing.passed).toBe(false);
      expect(nothing.log).toMatch(
        /there is no site to make: no pipeline of this repository has a released version/,
      );

      const sha = await stage.checkout.commit('main', { 'README.md': 'merged\n' });
      const deployed = await stage.run({
        event: 'push',
        payload: { ref: 'refs/heads/main', after: sha, head_commit: { id: sha } },
        permissions: deploying,
        environment: { CICLO_ATTESTED: path.join(folder, 'attested') },
      });
      expect(deployed.passed).toBe(true);

      await publish(stage, site, 'failure');
      expect(existsSync(site)).toBe(false);
      const published = await publish(stage, site, 'success');
      expect(published.log).not.toMatch(/bug in Ciclo/);
      expect(published.passed).toBe(true);
      expect(published.log).toContain('the site has fuel v1.0.0');
      expect(published.log).toContain('published at https://acme.example/fuel/');
      expect((await readdir(site, { recursive: true })).sort()).toEqual([
        ...[
          'fuel',
          'fuel/badge.json',
          'fuel/card.html',
          'fuel/index.html',
          'fuel/report.html',
          'fuel/summary.json',
        ],
        ...['fuel/versions.html', 'index.html'],
      ]);
      const page = await readFile(path.join(site, 'fuel/index.html'), 'utf8');
      expect(page).toContain('v1.0.0');
      expect(page).toContain('How far a car goes.');
      expect(await readFile(path.join(site, 'fuel/versions.html'), 'utf8')).toContain(sha.slice(0, 8));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
