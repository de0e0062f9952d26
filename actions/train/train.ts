// From a prepared dataset to a model with its card.
import { type Dataset, heldOut } from '../../shared/artifacts/folders/dataset-folder.ts';
import { modelFiles } from '../../shared/artifacts/folders/model-folder.ts';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import { fewestPublishedRows } from '../../shared/config/sections/published-rows.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { withMinCount } from '../../shared/dataset/profile/profile-publication.ts';
import { defaultPrimary } from '../../shared/metrics/descriptors/descriptors.ts';
import { renderModelCard } from '../../shared/model/card/card.ts';
import type { TrainingReport } from '../../shared/model/report/training-report.ts';
import { trainModel } from '../../shared/model/training/train-model.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { byCount, counted } from '../../shared/text/counts.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import { coveredFiles } from './command/covered-files.ts';
import { trainingCommands } from './command/training-commands.ts';
import { trainingThreads } from './threads/training-thread.ts';

/** Inputs of the verb train. */
export interface TrainInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
}

/** What train made. */
export interface TrainOutputs {
  readonly folder: string;
  /** Digest of the model's content. */
  readonly digest: string;
  readonly fingerprint: string;
  readonly report: TrainingReport;
}

/** The part of ciclo.yml that determines, with the dataset, which model is chosen. */
export function trainingConfig({ task, train, validate }: Config): unknown {
  const candidates = train.candidates.map((candidate) => {
    if (candidate.type !== 'command') return candidate;
    // How long it may take determines whether there is a model, not which.
    const { timeout: _, ...determining } = candidate;
    return determining;
  });
  const { primary = defaultPrimary(task), decision } = validate;
  return { train: { ...train, candidates }, primary, ...(decision ? { decision } : {}) };
}

/**
 * Trains every candidate on the run directory's dataset and writes the best as the model folder.
 * The test rows are not read, unless a command is to predict them, which gets them without their target.
 *
 * @throws ConfigurationError when the dataset is not that of ciclo.yml and ciclo.lock, or failed its quality checks.
 */
export async function train({ pipeline, output }: TrainInputs, ports: VerbPorts): Promise<TrainOutputs> {
  const { config } = pipeline.loaded;
  const runDirectory = runDirectoryOf(pipeline, output);
  const dataset = heldOut(await readPrepared(pipeline, runDirectory, ['train', 'validation']), 'training');
  checkQuality(dataset);

  const { splits, schema, recipe, profile, manifest: origin } = dataset;
  const covered = await coveredFiles(pipeline.loaded);
  const commands = covered && (await trainingCommands({ pipeline, runDirectory, dataset, covered }, ports));
  const {
    versions: engines,
    report,
    ...model
  } = await trainModel(
    { schema, recipe, train: splits.train.table, validation: splits.validation.table, config },
    {
      logger: ports.logger,
      ...(commands ? { commands } : {}),
      ...(ports.engineFiles ? { engineFiles: await ports.engineFiles() } : {}),
      ...(ports.startTrainingThread ? { threads: trainingThreads(ports.startTrainingThread) } : {}),
    },
  );
  const card = renderModelCard({
    // Not the folder's name: the same training in another folder gives the same bytes.
    pipeline: config.name ?? config.target,
    config,
    ...{ schema, recipe },
    quality: dataset.quality,
    training: report,
  });
  const versions = { ciclo: cicloVersion, ...engines };
  const trainDigest = digestOf(trainingConfig(config));
  const fingerprint = digestOf({
    kind: 'model',
    resultFormat,
    versions,
    train: trainDigest,
    ...(covered ? { command: covered.digest } : {}),
    card: { name: config.name ?? null, description: config.description ?? null },
    dataset: origin.fingerprint,
  });
  const { folder, manifest } = await writeFolder(
    runDirectory,
    {
      kind: 'model',
      pipeline: pipeline.name,
      fingerprint,
      inputs: {
        dataset: origin.digest,
        data: origin.inputs.data!,
        train: trainDigest,
        ...(covered ? { command: covered.digest } : {}),
      },
      seed: config.train.seed,
      versions,
      engine: `${report.engine.name}/${report.engine.backend}`,
      reproducible: report.engine.reproducible,
      ...(origin.split ? { split: origin.split } : {}),
    },
    modelFiles({
      ...{ schema, recipe, training: report, ...model, card },
      // A model goes where the rows do not: into artifacts, releases, other hands.
      profile: withMinCount(profile, fewestPublishedRows),
    }),
  );
  return { folder, digest: manifest.digest, fingerprint, report };
}

/** Refuses a dataset that failed its quality checks. */
function checkQuality({ folder, quality }: Dataset<'train' | 'validation'>): void {
  const failed = quality.checks.filter((check) => check.status === 'fail');
  if (failed.length === 0) return;
  throw new ConfigurationError(
    [
      `the dataset in ${folder} failed ${byCount(failed.length, 'a quality check', counted(failed.length, 'quality check'))}, so no model is trained on it:`,
      ...failed.map((check) => `  ${check.check}: ${check.message}`),
      'mend the data, or change prepare.checks in ciclo.yml and run ciclo prepare again',
    ].join('\n'),
  );
}
