import { findLocalHost } from './local-host.ts';
import type { PipelineInputs } from './session.ts';

/** The champion of the inputs of validate: the folder that was named, else the model in production, if there is one. */
export async function championInputs(
  inputs: PipelineInputs,
  given: string | undefined,
): Promise<{ readonly champion?: string; readonly championName?: string }> {
  if (given !== undefined) return { champion: given };
  const host = await findLocalHost(inputs.pipeline.loaded.file);
  if (!host) return {};
  const { productionChampion } = await import('../../actions/deploy/champion.ts');
  const champion = await productionChampion(inputs, host.forge);
  return champion ? { champion: champion.folder, championName: champion.name } : {};
}
