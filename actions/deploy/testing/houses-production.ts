import type { Forge } from '../../../shared/forge/ports/forge.ts';
import { fixedClock } from '../../../shared/platform/clock.ts';
import { prepare } from '../../prepare/prepare.ts';
import { housesConfig, housesCsv, type Sections } from '../../testing/houses.ts';
import { type PipelineFolder, pipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';
import { train } from '../../train/train.ts';
import { validate } from '../../validate/validate.ts';
import { productionChampion } from '../champion.ts';
import { deploy } from '../deploy.ts';
import type { DeployForge } from '../deploy-inputs.ts';
import type { DeployOutputs } from '../deploy-outputs.ts';

/** Houses whose every gate passes, quick to judge. */
export function passingConfig(sections: Sections = {}): string {
  return housesConfig({
    validate: { bootstrap: { resamples: 100 }, gates: [{ metric: 'rmse', max: 200 }] },
    deploy: { targets: ['release'] },
    ...sections,
  });
}

/** A folder of houses; without a lock every change of the data is taken in. */
export function housesOf(sections: Sections = {}, rows = 200): Promise<PipelineFolder> {
  return pipelineFolder(passingConfig(sections), { 'data/houses.csv': housesCsv(rows) });
}

/** Prepares, trains, and judges against what is in production. */
export async function judge(folder: PipelineFolder, forge: Pick<Forge, 'tags' | 'releases'>): Promise<void> {
  const { pipeline } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
  await train({ pipeline }, quietPorts());
  const champion = await productionChampion({ pipeline }, forge);
  await validate({ pipeline, ...champion?.inputs }, quietPorts());
}

/** Deploys what was judged. */
export async function deployHouses(
  folder: PipelineFolder,
  forge: DeployForge,
  commit: string,
): Promise<DeployOutputs> {
  const ports = { ...quietPorts(), clock: fixedClock(Date.UTC(2026, 0, 5, 9)), forge };
  return deploy({ pipeline: await folder.pipeline(), commit }, ports);
}

/** Judges and deploys. */
export async function release(
  folder: PipelineFolder,
  forge: DeployForge,
  commit: string,
): Promise<DeployOutputs> {
  await judge(folder, forge);
  return deployHouses(folder, forge, commit);
}
