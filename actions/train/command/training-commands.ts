import {
  type HeldOutDataset,
  heldOut,
  readDataset,
} from '../../../shared/artifacts/folders/dataset-folder.ts';
import type { DatasetSchema } from '../../../shared/dataset/schema/schema.ts';
import { withoutColumn } from '../../../shared/dataset/split/split-table.ts';
import type { HandoverRows } from '../../../shared/model/command/handover.ts';
import { loadRuntime } from '../../../shared/model/onnx/runtime.ts';
import { startPredictor } from '../../../shared/model/predictor/start-predictor.ts';
import type { CandidatesPorts } from '../../../shared/model/training/fitting/train-candidates.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { runtimePlaces } from '../../pipeline/runtime-places.ts';
import type { VerbPorts } from '../../ports.ts';
import { createCommandPort } from './command-runner.ts';
import type { CoveredFiles } from './covered-files.ts';

/** What training by commands needs, beside the rows. */
export function trainingCommands(
  {
    pipeline,
    runDirectory,
    schema,
    covered,
  }: {
    readonly pipeline: Pipeline;
    readonly runDirectory: string;
    readonly schema: DatasetSchema;
    readonly covered: CoveredFiles;
  },
  ports: VerbPorts,
): NonNullable<CandidatesPorts['commands']> {
  const { loaded, lockFile } = pipeline;
  for (const run of covered.bare) {
    ports.logger.warn(
      `the command "${run}" names no file of the repository, so the model's fingerprint covers its words alone: name under files what else determines the model`,
    );
  }
  const names = Object.keys(covered.digests);
  if (names.length > 0) ports.logger.info(`the model's fingerprint covers ${names.join(', ')}`);
  return {
    command: createCommandPort({ loaded, lockFile, runDirectory, covered: covered.files }, ports),
    async open(onnx, recipe) {
      const places = runtimePlaces(pipeline, ports);
      const predictor = await startPredictor({ schema, recipe, onnx }, places);
      const { env } = await loadRuntime(places);
      return { predictor, versions: { onnxruntime: env.versions.node ?? 'unknown' } };
    },
  };
}

/** A dataset's rows as commands get them: only for these are the test rows read, and their target is left behind. */
export async function heldOutHandover({
  folder,
  schema,
  splits,
}: HeldOutDataset<'train' | 'validation'>): Promise<HandoverRows> {
  const { splits: unseen } = heldOut(await readDataset(folder, ['test']), 'a command');
  return { ...splits, heldOut: withoutColumn(unseen.test, schema.target) };
}
