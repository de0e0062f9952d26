import type { ChampionInputs } from '../../actions/deploy/champion.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { bundleFile } from './bundle-file.ts';
import { findLocalHost, requireLocalHost } from './local-host.ts';
import type { PipelineInputs } from './session.ts';

/** The champion of the inputs of validate: the folder or bundle that was named, else the model in production, if there is one. */
export async function championInputs(
  inputs: PipelineInputs,
  given: string | undefined,
  logger: Logger,
): Promise<ChampionInputs> {
  const isBundle = given?.endsWith('.zip') === true;
  if (given !== undefined && !isBundle) return { champion: given };
  const { file } = inputs.pipeline.loaded;
  const host = isBundle ? await requireLocalHost(file) : await findLocalHost(file);
  if (!host) return {};
  const { bundleChampion, productionChampion } = await import('../../actions/deploy/champion.ts');
  const champion = isBundle
    ? await bundleChampion(await bundleFile(given!, '--champion'), inputs, host.forge)
    : await productionChampion(inputs, host.forge);
  if (champion?.warning !== undefined) logger.warn(champion.warning);
  return champion?.inputs ?? {};
}
