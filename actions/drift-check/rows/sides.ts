import { isEngineSource } from '../../../shared/config/sections/sources/source.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { collect, hasSnapshot, keptRows } from '../../prepare/collect.ts';
import type { DriftCheckPorts } from '../drift-inputs.ts';
import { earlierChecks } from '../spending.ts';
import { countedRows, countedWords } from './counted-rows.ts';
import { type CurrentRows, currentRows, readData, readMonitored } from './current-rows.ts';
import type { LabelInputs } from './labelled-rows.ts';
import type { LargeSource } from './large-source.ts';
import { type Reference, referenceOf } from './reference.ts';

/** Both sides of a check. */
export interface Sides extends Omit<LabelInputs, 'reference' | 'current'> {
  readonly reference: Reference | undefined;
  readonly current: CurrentRows | undefined;
  /** Which check of the version it is. */
  readonly check: number;
}

/** Reads both sides of a check, or has the current one counted. */
export async function sidesOfCheck(
  pipeline: Pipeline,
  history: readonly HistoryLine[],
  large: LargeSource | undefined,
  ports: DriftCheckPorts,
): Promise<Sides> {
  const counted = large && (await countedSides(pipeline, history, large, ports));
  return counted ?? readSides(pipeline, history, ports);
}

async function readSides(
  pipeline: Pipeline,
  history: readonly HistoryLine[],
  ports: DriftCheckPorts,
): Promise<Sides> {
  const monitored = await readMonitored(pipeline, ports);
  const data = await readOwn(pipeline, monitored !== undefined, ports);
  const locked = data && (await lockedSource(pipeline, data, ports));
  const reference = await referenceOf(pipeline, { source: locked, forge: ports.forge }, ports);
  const { check, decided } = earlierChecks(history, reference?.production?.version ?? null);
  const current =
    reference && currentRows(pipeline, monitored ?? data!, { reference, decided, own: !monitored });
  return { reference, current, data, monitored, check };
}

/**
 * The sides where the rows to watch are counted in their engine; what the model was made with is its snapshot or its profile.
 *
 * @returns undefined where the rows have to be read all the same.
 */
async function countedSides(
  pipeline: Pipeline,
  history: readonly HistoryLine[],
  large: LargeSource,
  ports: DriftCheckPorts,
): Promise<Sides | undefined> {
  const kept = await keptRows(pipeline, ports);
  const small = !large.own && !isEngineSource(pipeline.loaded.config.data.source);
  const data = small ? await readOwn(pipeline, true, ports) : undefined;
  const locked = kept ?? (data && (await lockedSource(pipeline, data, ports)));
  const reference = await referenceOf(pipeline, { source: locked, forge: ports.forge }, ports);
  if (!reference) return undefined;
  const { check, decided } = earlierChecks(history, reference.production?.version ?? null);
  const counted = await countedRows(pipeline, large, { reference, decided }, ports);
  if ('why' in counted) {
    ports.logger.warn(
      `${large.name}: all rows are read, since they cannot be counted in the engine: ${counted.why}`,
    );
    return undefined;
  }
  ports.logger.info(countedWords(counted.current));
  const { current, drawn, labelled } = counted;
  return {
    ...{ reference, current, check },
    data: large.own ? labelled : data,
    ...(large.own ? {} : { monitored: drawn }),
  };
}

/** `data.source`. Where the rows to watch come from elsewhere, a source that cannot be reached is reported and left out. */
async function readOwn(
  pipeline: Pipeline,
  monitored: boolean,
  ports: DriftCheckPorts,
): Promise<SourceTable | undefined> {
  try {
    return await readData(pipeline, ports);
  } catch (error) {
    if (!monitored || !(error instanceof ConfigurationError)) throw error;
    ports.logger.warn(
      `${pipeline.loaded.config.data.source ? 'data.source' : 'data.sources'} cannot be read, so the published profile of the model is used instead of its rows, and there are no labels: ${error.message}`,
    );
    return undefined;
  }
}

/** The source as the lock pinned it: a snapshot of what is outside git. */
async function lockedSource(
  pipeline: Pipeline,
  data: SourceTable,
  ports: DriftCheckPorts,
): Promise<SourceTable> {
  return hasSnapshot(pipeline) ? collect(pipeline, ports) : data;
}
