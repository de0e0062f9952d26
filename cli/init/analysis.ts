// `ciclo init`: what it asks, reads and writes; what it proposes is shared/init.
import type { VerbPorts } from '../../actions/ports.ts';
import { parseConfig } from '../../shared/config/load.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import {
  type PreparedDataset,
  prepareDataset,
  readOptionsFor,
} from '../../shared/dataset/prepare-dataset.ts';
import { configText } from '../../shared/init/config-text.ts';
import { configBeforeTarget, type FirstLook, firstLook } from '../../shared/init/first-look.ts';
import type { ColumnFormats, Proposal, SourceDeclaration } from '../../shared/init/proposal.ts';
import { type Aim, configOfAim, propose, rareLabelsOf } from '../../shared/init/propose.ts';
import { type FoundLabels, type LabelDecision, withRareLabels } from '../../shared/init/rare-labels.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { LabelMarkerError } from '../../shared/source/label-markers.ts';
import { readSource } from '../../shared/source/read-source.ts';
import { counted } from '../../shared/text/counts.ts';

/** Where and by what data is read. */
export interface AnalysisPlace {
  /** The folder that ciclo.yml is to be in. */
  readonly directory: string;
  readonly ports: VerbPorts;
}

/** Asks, or knows, what becomes of labels that few rows have. */
export type LabelPolicy = (aim: Aim, found: FoundLabels) => Promise<LabelDecision>;

/** Reads the data by what is known before anything was asked. @throws ConfigurationError when it cannot be read. */
export async function readFirstLook(
  source: SourceDeclaration,
  place: AnalysisPlace,
  formats: ColumnFormats = {},
): Promise<FirstLook> {
  const config = configBeforeTarget(source, formats);
  const found = await read(config, place);
  const { rows } = found.table;
  if (rows === 0) throw new ConfigurationError('the data has no rows: there is nothing to look at');
  const least = config.prepare.checks['min-rows'];
  if (rows < least) {
    throw new ConfigurationError(
      `the data has ${counted(rows, 'row')}, and at least ${least} are needed to train a model and to judge it on rows that it has not seen; a few hundred show much more. Bring more rows`,
    );
  }
  return firstLook(found, config);
}

/**
 * Reads the data again, as its target wants it, and proposes what the other columns are for. A text such as None that is as
 * frequent in the target as a class is taken for one.
 */
export async function proposalFor(
  aim: Aim,
  look: FirstLook,
  place: AnalysisPlace,
  policy: LabelPolicy,
): Promise<Proposal> {
  let found: PreparedDataset;
  try {
    found = await prepared(configOfAim(aim, look), place);
  } catch (error) {
    const known = aim.classMarkers?.value ?? [];
    if (!(error instanceof LabelMarkerError) || known.includes(error.marker)) throw error;
    const value = [...known, error.marker];
    const why = `${value.join(', ')} is a class of ${aim.target.value}, and means missing nowhere`;
    return proposalFor({ ...aim, classMarkers: { value, why } }, look, place, policy);
  }
  const labels = rareLabelsOf(found, aim);
  if (labels.rare.length === 0) {
    if (aim.exclude === undefined) return propose(aim, look, { found });
    const remaining = await prepared(configOfAim(aim, look, { excluded: true }), place);
    return propose(aim, look, { found, remaining });
  }
  return proposalFor(withRareLabels(aim, labels, await policy(aim, labels)), look, place, policy);
}

/**
 * Prepares the data as the proposed ciclo.yml says, since roles and split may be others than those that were looked at.
 *
 * @returns labels that too few training rows have under it.
 * @throws ConfigurationError with what prepare refuses, before anything is written.
 */
export async function triedOut(
  proposal: Proposal,
  place: AnalysisPlace,
): Promise<{ readonly found: PreparedDataset; readonly labels: FoundLabels }> {
  const found = await prepared(parseConfig(configText(proposal), 'ciclo.yml').config, place);
  const labels = rareLabelsOf(found, proposal);
  const failed = found.quality.checks.filter(
    ({ check, status }) => status === 'fail' && check !== 'rare-classes',
  );
  if (failed.length === 0) return { found, labels };
  throw new ConfigurationError(
    `no model can be made of the data as it is proposed: ${failed.map(({ message }) => message).join('; ')}`,
  );
}

async function prepared(config: Config, { directory, ports }: AnalysisPlace): Promise<PreparedDataset> {
  const source = await read(config, { directory, ports });
  return prepareDataset({ source, config }, { logger: silentLogger });
}

function read(config: Config, { directory, ports }: AnalysisPlace) {
  const told = { ...ports, logger: { ...silentLogger, progress: ports.logger.progress }, directory };
  return readSource(config.data.source!, readOptionsFor(config), told);
}
