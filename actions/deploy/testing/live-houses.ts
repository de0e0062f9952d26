import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGitHubForge } from '../../../shared/forge/github/github-forge.ts';
import { type GitHubScene, openDeployScene } from '../../../shared/forge/testing/github-scene.ts';
import { fixedClock } from '../../../shared/platform/clock.ts';
import type { Repository } from '../../../tests/github/state.ts';
import { loadPipeline } from '../../pipeline/pipeline.ts';
import type { PipelineFolder } from '../../testing/pipeline-folder.ts';
import { quietPorts } from '../../testing/pipeline-folder.ts';
import { deploy } from '../deploy.ts';
import type { DeployOutputs } from '../deploy-outputs.ts';
import { housesOf, judge, release } from './houses-production.ts';

/** 2026-01-05T10:00:00Z in milliseconds. */
const ten = Date.UTC(2026, 0, 5, 10);

/** Models that were trained and judged once, to be deployed in many scenes in which houses@v1.0.0 is in production. */
export interface LiveHouses extends AsyncDisposable {
  /** An emulated GitHub on which the first version is deployed. */
  open(): Promise<GitHubScene>;
  /** Deploys a judged model, as a process of its own does. */
  deploy(scene: GitHubScene, how?: HowToDeploy): Promise<DeployOutputs>;
}

export interface HowToDeploy {
  /** `other` judges the same way, and is other bytes. */
  readonly model?: 'next' | 'other';
  readonly commit?: string;
  /** Seconds. */
  readonly later?: number;
  readonly token?: string;
}

export async function liveHouses(): Promise<LiveHouses> {
  await using scene = await openDeployScene();
  await using first = await housesOf();
  await release(first, scene.forge, scene.mainCommit);
  const judged = { next: await judgedOf(0.5, scene), other: await judgedOf(2, scene) };
  return {
    async open() {
      const opened = await openDeployScene();
      plant(scene.seeded, opened);
      return opened;
    },
    async deploy({ options, commit: head }, how = {}) {
      const { model = 'next', commit = head, later = 0, token = options.token } = how;
      // Each in a folder of its own: several deploy at once.
      const place = await mkdtemp(path.join(tmpdir(), 'ciclo-deploys-'));
      try {
        await cp(judged[model].path, place, { recursive: true });
        const clock = fixedClock(ten + 1000 * later);
        const forge = createGitHubForge({ ...options, token });
        return await deploy(
          { pipeline: await loadPipeline(path.join(place, 'ciclo.yml')), commit },
          { ...quietPorts(), clock, forge },
        );
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    async [Symbol.asyncDispose]() {
      for (const folder of Object.values(judged)) await folder[Symbol.asyncDispose]();
    },
  };
}

/** Houses whose linear model shrinks by so much, judged against what the scene has in production. */
async function judgedOf(l2: number, { forge }: GitHubScene): Promise<PipelineFolder> {
  const folder = await housesOf({ train: { candidates: [{ type: 'linear', l2 }] } });
  await judge(folder, forge);
  return folder;
}

/** Copies what a deployment left into another scene. */
function plant(from: Repository, { seeded, github }: GitHubScene): void {
  for (const [sha, tag] of from.tagObjects) seeded.tagObjects.set(sha, tag);
  for (const [name, sha] of from.refs) if (name.startsWith('tags/')) seeded.refs.set(name, sha);
  for (const [id, one] of from.releases) seeded.releases.set(id, { ...one, assets: [...one.assets] });
  for (const [id, one] of from.deployments)
    seeded.deployments.set(id, { ...one, statuses: [...one.statuses] });
  seeded.latestRelease = from.latestRelease;
  const used = [
    ...[...from.releases.values()].flatMap(({ id, assets }) => [id, ...assets.map((asset) => asset.id)]),
    ...[...from.deployments.values()].flatMap(({ id, statuses }) => [id, ...statuses.map((one) => one.id)]),
  ];
  const last = Math.max(...used);
  while (github.state.nextId() < last);
}
