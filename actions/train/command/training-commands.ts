import {
  type HeldOutDataset,
  heldOut,
  readDataset,
} from '../../../shared/artifacts/folders/dataset-folder.ts';
import type { SplitTable } from '../../../shared/dataset/split/split-table.ts';
import { loadRuntime } from '../../../shared/model/onnx/runtime.ts';
import { startPredictor } from '../../../shared/model/predictor/start-predictor.ts';
import type { TrainingCommands } from '../../../shared/model/training/fit-candidate.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { runtimePlaces } from '../../pipeline/runtime-places.ts';
import type { VerbPorts } from '../../ports.ts';
import { createCommandPort } from './command-runner.ts';
import type { CoveredFiles } from './covered-files.ts';

/** What training by commands needs: only where there is one are the test rows read, and their target is left behind. */
export async function trainingCommands(
  {
    pipeline,
    runDirectory,
    dataset,
    covered,
  }: {
    readonly pipeline: Pipeline;
    readonly runDirectory: string;
    readonly dataset: HeldOutDataset<'train' | 'validation'>;
    readonly covered: CoveredFiles;
  },
  ports: VerbPorts,
): Promise<Omit<TrainingCommands, 'seed'>> {
  const { schema, recipe, splits, folder } = dataset;
  const { loaded, lockFile } = pipeline;
  const { splits: unseen } = heldOut(await readDataset(folder, ['test']), 'a command');
  for (const run of covered.bare) {
    ports.logger.warn(
      `the command "${run}" names no file of the repository, so the model's fingerprint covers its words alone: name under files what else determines the model`,
    );
  }
  const names = Object.keys(covered.digests);
  if (names.length > 0) ports.logger.info(`the model's fingerprint covers ${names.join(', ')}`);
  return {
    command: createCommandPort({ loaded, lockFile, runDirectory, covered: covered.files }, ports),
    async open(onnx) {
      const places = runtimePlaces(pipeline, ports);
      const predictor = await startPredictor({ schema, recipe, onnx }, places);
      const { env } = await loadRuntime(places);
      return { predictor, versions: { onnxruntime: env.versions.node ?? 'unknown' } };
    },
    rows: { ...splits, heldOut: withoutColumn(unseen.test, schema.target) },
  };
}

function withoutColumn({ table, ids }: SplitTable, name: string): SplitTable {
  const columns = new Map(table.columns);
  columns.delete(name);
  return { table: { rows: table.rows, columns }, ids };
}
