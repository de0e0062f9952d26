import path from 'node:path';
import {
  type Dataset,
  type DatasetTableName,
  readDataset,
} from '../../shared/artifacts/folders/dataset-folder.ts';
import { divisionWords } from '../../shared/dataset/split/fold-count.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { datasetConfig } from './prepare.ts';

/**
 * Reads the run directory's dataset for a verb that goes on from it.
 *
 * @throws ConfigurationError when there is none, or it is not the one that ciclo.yml and ciclo.lock describe now.
 */
export async function readPrepared<Name extends DatasetTableName>(
  { loaded, lock }: Pipeline,
  runDirectory: string,
  names: readonly Name[],
): Promise<Dataset<Name>> {
  const dataset = await readDataset(path.join(runDirectory, 'dataset'), names);
  const { inputs } = dataset.manifest;
  if (inputs.config !== digestOf(datasetConfig(loaded.config))) {
    throw new ConfigurationError(
      `the dataset in ${dataset.folder} was prepared under another configuration than ciclo.yml says now: run ciclo prepare again`,
    );
  }
  if (lock && inputs.data !== lock.data.digest) {
    throw new ConfigurationError(
      `the dataset in ${dataset.folder} was prepared from other data than ciclo.lock pins now: run ciclo prepare again`,
    );
  }
  const [folds, locked] = [dataset.manifest.split?.folds?.count ?? 0, lock?.split.folds ?? 0];
  if (lock && folds !== locked) {
    throw new ConfigurationError(
      `the dataset in ${dataset.folder} has ${divisionWords(folds)}, and ciclo.lock now ${divisionWords(locked)}: run ciclo prepare again`,
    );
  }
  return dataset;
}
