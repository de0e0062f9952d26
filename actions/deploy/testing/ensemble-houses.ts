import type { ModelParts } from '../../../shared/artifacts/folders/model-folder.ts';
import { modelFiles, readModelFolder } from '../../../shared/artifacts/folders/model-folder.ts';
import { writeFolder } from '../../../shared/artifacts/folders/run-folder.ts';
import { configSchema } from '../../../shared/config/sections/schema.ts';
import { fitRecipe } from '../../../shared/dataset/recipe/recipe.ts';
import { type Table, takeRows } from '../../../shared/dataset/table/table.ts';
import { blendFolds } from '../../../shared/model/ensemble/blend-folds.ts';
import { logTransformOf, transformedTargets } from '../../../shared/model/ensemble/target-transform.ts';
import { type EnsemblePart, ensembleOf } from '../../../shared/model/predictor/ensemble-model.ts';
import { createPredictor } from '../../../shared/model/predictor/predictor.ts';
import { type Targets, targetsOf } from '../../../shared/model/training/data/targets.ts';
import { trainModel } from '../../../shared/model/training/train-model.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { readPrepared } from '../../prepare/prepared-dataset.ts';

const candidates = {
  linear: { type: 'linear' },
  network: { type: 'neural-network', seeds: 1, encoding: 'encoded', layers: [12], epochs: 12 },
  trees: { type: 'boosted-trees', rounds: 30, 'min-rows': 5 },
} as const;

/**
 * Puts a blend in the place of a folder's trained model, of parts that today's trainer has trained on the same dataset: a
 * linear model, the mean of three networks, and trees of two halves of the rows, each with a recipe of its own. A
 * regression's trees learn the target's logarithm.
 */
export async function writeEnsemble(pipeline: Pipeline, runDirectory: string): Promise<ModelParts> {
  const { config } = pipeline.loaded;
  const dataset = await readPrepared(pipeline, runDirectory, ['train', 'validation']);
  if (dataset.kind === 'folds') throw new TypeError('the rows are in folds, and sides were asked for');
  const { splits, schema, recipe } = dataset;
  const train = splits.train.table;
  const validation = splits.validation.table;
  const trainOn = async (
    kind: keyof typeof candidates,
    { seed = 1, rows = train, own = recipe, isLog = false } = {},
  ) => {
    const table = isLog ? logged(rows, schema.target) : rows;
    const {
      versions: _,
      report: __,
      threshold: ___,
      ...engine
    } = await trainModel(
      {
        ...{ schema, recipe: own, train: table },
        validation: isLog ? logged(validation, schema.target) : validation,
        config: configSchema.parse({
          ...{ name: config.name, task: config.task, target: config.target, data: config.data },
          train: { candidates: [candidates[kind]], seed, importance: 'off' },
        }),
      },
      { logger: silentLogger },
    );
    if ('onnx' in engine || 'predictions' in engine || 'parts' in engine)
      throw new TypeError('a single model of our own was asked for');
    return { engine, ...(own === recipe ? {} : { recipe: own }) };
  };
  const target =
    schema.task === 'regression' ? logTransformOf(numbersOf(targetsOf(train, schema))) : undefined;
  const half = (remainder: number): Table =>
    takeRows(
      train,
      Uint32Array.from({ length: Math.floor(train.rows / 2) }, (_, at) => 2 * at + remainder),
    );
  const foldModel = (remainder: number) =>
    trainOn('trees', {
      rows: half(remainder),
      own: fitRecipe(half(remainder), schema, config),
      isLog: target !== undefined,
    });
  const parts: Omit<EnsemblePart, 'weight'>[] = [
    { name: 'linear', type: 'linear', members: [await trainOn('linear')] },
    {
      ...{ name: 'network', type: 'neural-network' },
      members: [
        await trainOn('network'),
        await trainOn('network', { seed: 2 }),
        await trainOn('network', { seed: 3 }),
      ],
    },
    { name: 'trees', type: 'boosted-trees', target, members: [await foldModel(0), await foldModel(1)] },
  ];
  const answers = parts.map((part) => {
    const predicted = createPredictor({ schema, recipe, parts: [{ ...part, weight: 1 }] }).predictTable(
      validation,
    );
    return predicted.task === 'regression' ? predicted.predicted : predicted.probabilities;
  });
  const folds = Int32Array.from({ length: validation.rows }, (_, row) => row % 5);
  const { weights } = blendFolds(answers, folds, targetsOf(validation, schema));
  // Each part is to be in it: a test of the engine, not of the weights.
  const ensemble = ensembleOf(parts.map((part, at) => ({ ...part, weight: 0.1 + weights[at]! })));
  const { manifest, profile, training, card } = await readModelFolder(`${runDirectory}/model`);
  const model = { ...ensemble, schema, recipe, profile, training, card };
  const { files: _, digest: __, format: ___, ...head } = manifest;
  await writeFolder(runDirectory, head, modelFiles(model));
  return model;
}

function logged(table: Table, target: string): Table {
  const column = table.columns.get(target);
  if (column?.type !== 'number') throw new TypeError(`${target} is no column of numbers`);
  const columns = new Map(table.columns);
  return {
    ...table,
    columns: columns.set(target, { type: 'number', values: transformedTargets(column.values) }),
  };
}

function numbersOf(targets: Targets): Float64Array {
  if (targets.kind !== 'numbers') throw new TypeError('the target is no number');
  return targets.values;
}
