import type { ValidateInputs } from '../../actions/validate/validate.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { findLocalHost } from './local-host.ts';
import type { PipelineInputs } from './session.ts';

/** The champion of the inputs of validate: the folder that was named, else the model in production, if there is one. */
export async function championInputs(
  inputs: PipelineInputs,
  given: string | undefined,
  logger: Logger,
): Promise<Pick<ValidateInputs, 'champion' | 'championName' | 'championProblem'>> {
  if (given !== undefined) return { champion: given };
  const host = await findLocalHost(inputs.pipeline.loaded.file);
  if (!host) return {};
  const { productionChampion } = await import('../../actions/deploy/champion.ts');
  const champion = await productionChampion(inputs, host.forge);
  if (champion?.warning !== undefined) logger.warn(champion.warning);
  return champion?.inputs ?? {};
}
