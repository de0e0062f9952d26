import type { VerbPorts } from '../../actions/ports.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { prepareDataset, readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import { configBeforeTarget, type FirstLook, firstLook } from '../../shared/init/first-look.ts';
import type { Proposal, SourceDeclaration } from '../../shared/init/proposal.ts';
import { type Aim, configOfAim, propose } from '../../shared/init/propose.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { LabelMarkerError } from '../../shared/source/label-markers.ts';
import { readSource } from '../../shared/source/read-source.ts';

/** Where and by what data is read. */
export interface AnalysisPlace {
  /** The folder that ciclo.yml is to be in. */
  readonly directory: string;
  readonly ports: VerbPorts;
}

/** Reads the data by what is known before anything was asked. @throws ConfigurationError when it cannot be read. */
export async function readFirstLook(source: SourceDeclaration, place: AnalysisPlace): Promise<FirstLook> {
  const config = configBeforeTarget(source);
  const found = await read(config, place);
  if (found.table.rows === 0)
    throw new ConfigurationError('the data has no rows: there is nothing to look at');
  return firstLook(found, config);
}

/**
 * Reads the data again, as its target wants it, and proposes what the other columns are for. A text such as None that is as
 * frequent in the target as a class is taken for one.
 */
export async function proposalFor(aim: Aim, look: FirstLook, place: AnalysisPlace): Promise<Proposal> {
  const config = configOfAim(aim, look);
  try {
    const source = await read(config, place);
    return propose(aim, look, prepareDataset({ source, config }, { logger: silentLogger }));
  } catch (error) {
    const known = aim.classMarkers?.value ?? [];
    if (!(error instanceof LabelMarkerError) || known.includes(error.marker)) throw error;
    const value = [...known, error.marker];
    const why = `${value.join(', ')} is a class of ${aim.target.value}, and means missing nowhere`;
    return proposalFor({ ...aim, classMarkers: { value, why } }, look, place);
  }
}

function read(config: Config, { directory, ports }: AnalysisPlace) {
  const told = { ...ports, logger: { ...silentLogger, progress: ports.logger.progress }, directory };
  return readSource(config.data.source!, readOptionsFor(config), told);
}
