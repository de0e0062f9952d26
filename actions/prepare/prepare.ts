// From the sources to a dataset that is checked, split and locked.
import { datasetFiles } from '../../shared/artifacts/folders/dataset-folder.ts';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { sharesOf } from '../../shared/config/sections/split-section.ts';
import { type LeftOutRows, prepareDataset, prepareSteps } from '../../shared/dataset/prepare-dataset.ts';
import { profileInPassing } from '../../shared/dataset/profile/profile.ts';
import type { QualityReport } from '../../shared/dataset/quality/quality-report.ts';
import { type RowUse, rowUse } from '../../shared/dataset/quality/row-use.ts';
import { fitRecipe } from '../../shared/dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import { trainingRows } from '../../shared/dataset/split/divided-rows.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { type LockedPipeline, type Pipeline, runDirectoryOf, withLock } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { collect } from './collect.ts';
import { toldByEngine } from './engine-content.ts';
import { saveLock } from './lock.ts';
import { splitRecordOf } from './split-record.ts';

/** Inputs of the verb prepare. */
export interface PrepareInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
}

/** What prepare made. */
export interface PrepareOutputs {
  readonly folder: string;
  /** Digest of the folder's content. */
  readonly digest: string;
  readonly fingerprint: string;
  /** How many rows there are on each side, or in each fold. */
  readonly rows: RowUse;
  readonly quality: QualityReport;
  readonly leftOut: LeftOutRows;
  readonly lock: { readonly file: string; readonly status: 'used' | 'written' };
  readonly schema: DatasetSchema;
  /** With the lock that was used or written: the verbs that follow go on from it. */
  readonly pipeline: LockedPipeline;
}

/** The part of ciclo.yml that determines a dataset. */
export function datasetConfig(config: Config): unknown {
  const { task, target, positive, data, features, prepare: preparation } = config;
  // Whether there are folds, and how many, is in the lock.
  const { folds: _decided, ...split } = { ...config.split, ...sharesOf(config.split) };
  const { snapshot: _folder, ...rows } = data;
  return {
    task,
    target,
    ...(positive === undefined ? {} : { positive }),
    data: rows,
    features,
    prepare: preparation,
    split,
  };
}

/** Every usual service for continuous integration sets CI to a word that is not `false`. */
function isAutomated({ environment }: VerbPorts): boolean {
  const { CI } = environment;
  return CI !== undefined && CI !== '' && CI !== '0' && CI.toLowerCase() !== 'false';
}

/**
 * Collects, cleans and splits the rows that the lock pins, fits the recipe on the training rows, and writes
 * the dataset folder. Without a lock all rows are read and the lock is written.
 *
 * A failed quality check is a result (`quality.status`), not an exception; `train` refuses such a dataset.
 */
export async function prepare(
  { pipeline, output }: PrepareInputs,
  ports: VerbPorts,
): Promise<PrepareOutputs> {
  const { config } = pipeline.loaded;
  const source = await collect(pipeline, ports);
  const prepared = await toldByEngine(pipeline, ports, () =>
    prepareDataset({ source, config, ...(pipeline.lock ? { lock: pipeline.lock } : {}) }, ports),
  );
  const show = (done: number, detail: string): void =>
    ports.logger.progress({ task: 'prepare', done, total: prepareSteps, detail });
  const train = trainingRows(prepared).table;
  show(5, 'recipe');
  const { profile, pass } = profileInPassing(train, prepared.schema);
  const recipe = fitRecipe(train, prepared.schema, config, pass);
  const parts = { schema: prepared.schema, recipe, profile, quality: prepared.quality };
  const locked = pipeline.lock
    ? withLock(pipeline, pipeline.lock)
    : await saveLock(pipeline, prepared.lock, source);
  const { lock } = locked;
  for (const { message } of prepared.quality.remarks ?? []) {
    ports.logger.warn(message, { file: pipeline.loaded.file });
  }
  if (!pipeline.lock && isAutomated(ports)) {
    ports.logger.warn(
      'there was no ciclo.lock: all rows were read, and a lock was written that only this run has; run ciclo lock where you work and commit it, or the next run may read other rows',
      { file: pipeline.lockFile },
    );
  }

  const configDigest = digestOf(datasetConfig(config));
  const fingerprint = digestOf({
    kind: 'dataset',
    resultFormat,
    ciclo: cicloVersion,
    config: configDigest,
    data: lock.data.digest,
    key: lock.key,
    split: lock.split,
    types: lock.types,
    ...(lock.positive === undefined ? {} : { positive: lock.positive }),
    ...(lock.version === 1 ? {} : { keyHash: lock.version }),
    ...(lock.identifiers ? { identifiers: lock.identifiers } : {}),
    ...(lock.personal ? { personal: lock.personal } : {}),
    ...(lock.formats ? { formats: lock.formats } : {}),
    order: prepared.schema.order,
  });
  show(6, 'profile and writing');
  const { folder, manifest } = await writeFolder(
    runDirectoryOf(pipeline, output),
    {
      kind: 'dataset',
      pipeline: pipeline.name,
      fingerprint,
      inputs: { config: configDigest, data: lock.data.digest },
      seed: lock.split.seed,
      versions: { ciclo: cicloVersion },
      split: splitRecordOf(config, lock, prepared),
    },
    datasetFiles(parts, prepared),
  );
  return {
    folder,
    digest: manifest.digest,
    fingerprint,
    rows: rowUse(prepared),
    quality: prepared.quality,
    leftOut: prepared.leftOut,
    lock: { file: pipeline.lockFile, status: pipeline.lock ? 'used' : 'written' },
    schema: prepared.schema,
    pipeline: locked,
  };
}
