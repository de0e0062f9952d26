// Whether the model in the run directory is the one that ciclo.yml describes now.
import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import type { LoadedConfig } from '../../shared/config/load.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { coveredFiles } from '../train/command/covered-files.ts';
import { trainingConfig } from '../train/train.ts';

/** Refuses a model of another dataset, or of another training, than ciclo.yml describes now. */
export function checkModel({ folder, manifest }: Model, dataset: string, config: Config): void {
  const { inputs } = manifest;
  if (inputs.dataset !== dataset) {
    throw new ConfigurationError(
      `the model in ${folder} was trained on another dataset (${inputs.dataset}) than the one beside it (${dataset}): run ciclo train again`,
    );
  }
  if (inputs.train !== digestOf(trainingConfig(config))) {
    throw new ConfigurationError(
      `the model in ${folder} was trained under another configuration (train, validate.primary, validate.decision) than ciclo.yml says now: run ciclo train again`,
    );
  }
}

/** Refuses a model of other scripts than those of the commands that ciclo.yml declares. */
export async function checkCommands({ folder, manifest }: Model, loaded: LoadedConfig): Promise<void> {
  const covered = await coveredFiles(loaded);
  if (manifest.inputs.command === covered?.digest) return;
  throw new ConfigurationError(
    `the model in ${folder} was trained when the files that its command is made of were others (${Object.keys(covered?.digests ?? {}).join(', ')}): run ciclo train again`,
  );
}
