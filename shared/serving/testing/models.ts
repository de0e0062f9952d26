import { modelFiles, releasedModelFiles } from '../../artifacts/folders/model-folder.ts';
import { writeFolder } from '../../artifacts/folders/run-folder.ts';
import { type ConfigInput, configSchema } from '../../config/sections/schema.ts';
import { profileTable } from '../../dataset/profile/profile.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, type Table, tableOf } from '../../dataset/table/table.ts';
import { booleans, categories, dates, numbers } from '../../dataset/testing/dataset-builders.ts';
import { architectureOf } from '../../model/network/architecture.ts';
import { saveNetwork } from '../../model/network/layers-format.ts';
import { initialParameters } from '../../model/network/parameters.ts';
import { createPredictor, type DirectPredictor } from '../../model/predictor/predictor.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { sha256 } from '../../platform/digest.ts';
import { formatJson } from '../../platform/json.ts';
import { createRandom } from '../../platform/random.ts';
import { writeBundle } from '../../release/bundle/bundle.ts';
import { smokeExamples } from '../../release/bundle/smoke.ts';
import type { ServedModel } from '../served-model.ts';

export interface ModelOptions {
  readonly task?: 'regression' | 'multiclass';
  readonly name?: string;
  readonly version?: string;
  /** Of the network's weights: other seeds give other predictions. */
  readonly seed?: number;
}

/** A record that the models of this file take. */
export const car = { power: 110, origin: 'USA', turbo: false, sold: '1975-06-01', weight: 2900 };

const rows = 300;

/** Cars: a number that may be missing, a category, a boolean, a date, a number that must be there. */
function carsTable(task: DatasetSchema['task']): Table {
  const random = createRandom(5);
  const each = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row));
  const day = (row: number): string => new Date(Date.UTC(1970, 0, 1 + row * 10)).toISOString();
  const target: Column =
    task === 'regression'
      ? numbers(each(() => 10 + 30 * random.next()))
      : categories(each((row) => ['big', 'mid "size"', 'small'][row % 3]!));
  return tableOf([
    ['power', numbers(each((row) => (row % 20 === 0 ? null : 50 + 150 * random.next())))],
    ['origin', categories(each((row) => ['USA', 'Japan', 'Europe'][row % 3]!))],
    ['turbo', booleans(each((row) => row % 4 === 0))],
    ['sold', dates(each(day))],
    ['weight', numbers(each(() => 1500 + 3000 * random.next()))],
    ['name', categories(each((row) => `car ${row}`))],
    ['target', target],
  ]);
}

function carsSchema(task: DatasetSchema['task']): DatasetSchema {
  const feature = { role: 'feature' as const, nullable: true };
  return {
    version: 1,
    task,
    target: 'target',
    key: ['name'],
    order: ['power', 'origin', 'turbo', 'sold', 'weight'],
    ...(task === 'regression' ? {} : { classes: ['big', 'mid "size"', 'small'] }),
    columns: [
      { name: 'power', type: 'number', ...feature, range: [1, 500], seen: [50, 200] },
      { name: 'origin', type: 'category', ...feature, categories: ['USA', 'Japan', 'Europe'] },
      { name: 'turbo', type: 'boolean', ...feature },
      { name: 'sold', type: 'date', ...feature, seen: [0, Date.UTC(1980, 0, 1)] },
      { name: 'weight', type: 'number', role: 'feature', nullable: false, seen: [1500, 4500] },
      { name: 'name', type: 'category', role: 'ignored', nullable: true },
      {
        name: 'target',
        type: task === 'regression' ? 'number' : 'category',
        role: 'target',
        nullable: false,
      },
    ],
  };
}

function parts({ task = 'regression', seed = 1 }: ModelOptions) {
  const table = carsTable(task);
  const schema = carsSchema(task);
  const input: ConfigInput = {
    task,
    target: 'target',
    data: { source: { type: 'file', path: 'cars.csv' } },
    features: { sold: { type: 'date' } },
  };
  const recipe = fitRecipe(table, schema, configSchema.parse(input));
  const units = task === 'regression' ? 1 : 3;
  const architecture = architectureOf(
    compileRecipe(recipe).width,
    { layers: [8], activation: 'relu', dropout: 0, 'batch-norm': false },
    { units, activation: task === 'regression' ? 'linear' : 'softmax' },
  );
  const saved = saveNetwork(architecture, initialParameters(architecture, createRandom(seed)));
  return { schema, recipe, profile: profileTable(table, schema), ...saved };
}

/** A model of cars with random weights, in memory. */
export function carsModel(
  options: ModelOptions = {},
): Omit<ServedModel, 'predictor'> & { readonly predictor: DirectPredictor } {
  const { schema, recipe, profile, modelJson, weights } = parts(options);
  return {
    name: options.name ?? 'cars',
    version: options.version ?? 'v1.2.0',
    digest: sha256(weights),
    schema,
    recipe,
    profile,
    predictor: createPredictor({ schema, recipe, modelJson, weights }),
  };
}

function trainingOf({ seed = 1 }: ModelOptions): TrainingReport {
  return {
    version: 1,
    seed: seed,
    engine: { name: 'tensorflow.js', version: '4.22.0', backend: 'wasm', reproducible: true },
    rows: { train: rows, validation: 0 },
    inputs: 1,
    metric: 'rmse',
    chosen: 'network',
    candidates: [],
    importance: [],
    warnings: [],
  };
}

/** The same as a model folder below a run directory. @returns the folder. */
export async function writeCarsModel(runDirectory: string, options: ModelOptions = {}): Promise<string> {
  const made = parts(options);
  const files = modelFiles({
    ...made,
    card: '# Cars\n',
    training: trainingOf(options),
  });
  const { folder } = await writeFolder(
    runDirectory,
    {
      kind: 'model',
      pipeline: options.name ?? 'cars',
      fingerprint: sha256(`seed ${options.seed}`),
      inputs: {},
      versions: {},
    },
    files,
  );
  return folder;
}

/** The same as the bundle of a release. */
export async function carsBundle(
  options: ModelOptions = {},
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const made = parts(options);
  const { name = 'cars', version = 'v1.2.0' } = options;
  const predictor = createPredictor(made);
  const files = releasedModelFiles(
    { ...made, card: '# Cars\n', training: trainingOf(options) },
    { mayReadRows: false },
  );
  const smoke = new TextEncoder().encode(formatJson(await smokeExamples(made.schema, made, predictor)));
  const digest = sha256(made.weights);
  const bytes = await writeBundle(
    {
      name,
      version,
      digests: { model: digest, evaluation: digest, dataset: digest },
      train: digest,
      data: digest,
      model: { pipeline: name, fingerprint: digest, inputs: {}, versions: {} },
    },
    new Map([...files, ['smoke.json', smoke]]),
  );
  return { name: `${name}-${version}.zip`, bytes };
}
