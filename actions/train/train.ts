// From a prepared dataset to a model with its card.
import type { Dataset } from '../../shared/artifacts/folders/dataset-folder.ts';
import type { SplitRecord } from '../../shared/artifacts/folders/manifest.ts';
import { modelFiles } from '../../shared/artifacts/folders/model-folder.ts';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import { fewestPublishedRows } from '../../shared/config/sections/published-rows.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { withMinCount } from '../../shared/dataset/profile/profile-publication.ts';
import { columnOf, type Table } from '../../shared/dataset/table/table.ts';
import { timesOf } from '../../shared/dataset/time/window.ts';
import { defaultPrimary } from '../../shared/metrics/descriptors/descriptors.ts';
import { renderModelCard } from '../../shared/model/card/card.ts';
import type { TrainingReport } from '../../shared/model/report/training-report.ts';
import type { TrainedModel } from '../../shared/model/training/fitting/trained-model.ts';
import { type TrainedFolds, trainFolds } from '../../shared/model/training/train-folds.ts';
import { trainModel } from '../../shared/model/training/train-model.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { byCount, counted } from '../../shared/text/counts.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import { coveredFiles } from './command/covered-files.ts';
import { heldOutHandover, trainingCommands } from './command/training-commands.ts';
import { engineFilesOf } from './engine-files.ts';
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
  const candidates = train.candidates?.map((candidate) => {
    if (candidate.type !== 'command') return candidate;
    // How long it may take determines whether there is a model, not which.
    const { timeout: _, ...determining } = candidate;
    return determining;
  });
  const { primary = defaultPrimary(task), decision } = validate;
  // Not the same as these candidates declared: of some targets the portfolio has more.
  return {
    train: { ...train, candidates: candidates ?? 'portfolio' },
    primary,
    ...(decision ? { decision } : {}),
  };
}

/**
 * Trains every candidate on the run directory's dataset and writes their blend, or the best, as the model folder.
 * The test rows are not read, unless a command is to predict them, which gets them without their target. Rows in folds are each
 * predicted by a model that has not seen them, and all train the model that is written.
 *
 * @throws ConfigurationError when the dataset is not that of ciclo.yml and ciclo.lock, or failed its quality checks.
 */
export async function train({ pipeline, output }: TrainInputs, ports: VerbPorts): Promise<TrainOutputs> {
  const { config } = pipeline.loaded;
  const runDirectory = runDirectoryOf(pipeline, output);
  const dataset = await readPrepared(pipeline, runDirectory, ['train', 'validation']);
  checkQuality(dataset);

  const { schema, recipe, profile, manifest: origin } = dataset;
  const covered = await coveredFiles(pipeline.loaded);
  const commands = covered && trainingCommands({ pipeline, runDirectory, schema, covered }, ports);
  const {
    versions: engines,
    report,
    ...model
  } = await trained(dataset, config, {
    logger: ports.logger,
    curve: (config.train['learning-curve'] ?? (dataset.quality.rows.sampled ? 'on' : 'off')) === 'on',
    ...(commands ? { commands } : {}),
    engineFiles: await engineFilesOf(pipeline.loaded, ports),
    ...(ports.startTrainingThread ? { threads: trainingThreads(ports.startTrainingThread) } : {}),
  });
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

/** The model, by the rows of the dataset as they are divided. */
async function trained(
  dataset: Dataset<'train' | 'validation'>,
  config: Config,
  ports: Parameters<typeof trainModel>[1],
): Promise<TrainedModel | TrainedFolds> {
  const { schema, recipe } = dataset;
  if (dataset.kind === 'folds') {
    const { rows, count, manifest } = dataset;
    const times = foldTimes(rows.table, manifest.split);
    return trainFolds({ schema, recipe, rows, count, times, config }, ports);
  }
  const { train, validation } = dataset.splits;
  const handover = ports.commands ? { handover: await heldOutHandover(dataset) } : {};
  const { by, group, time } = dataset.manifest.split ?? {};
  const division = {
    ids: BigUint64Array.from([...train.ids, ...validation.ids]),
    group,
    time: by === 'time' ? time : undefined,
  };
  return trainModel(
    { schema, recipe, train: train.table, validation: validation.table, config, division, ...handover },
    ports,
  );
}

/** The rows' event times, where folds are by time. */
function foldTimes(table: Table, split: SplitRecord | undefined): Float64Array | undefined {
  if (split?.by !== 'time' || split.time === undefined) return undefined;
  return timesOf(columnOf(table, split.time), split.time).values;
}

/** Refuses a dataset that failed its quality checks. */
function checkQuality({ folder, quality }: Dataset<'train' | 'validation'>): void {
  const failed = quality.checks.filter((check) => check.status === 'fail');
  if (failed.length === 0) return;
  throw new ConfigurationError(
    [
      `the dataset in ${folder} failed ${byCount(failed.length, 'a quality check', counted(failed.length, 'quality check'))}, so no model is trained on it:`,
      ...failed.map((check) => `  ${check.check}: ${check.message}`),
      'fix the data, or change prepare.checks in ciclo.yml and run ciclo prepare again',
    ].join('\n'),
  );
}
