import {
  type Candidate,
  candidateSchema,
  type LayersOptions,
} from '../../config/sections/candidates/candidate.ts';
import { type Config, type ConfigInput, configSchema } from '../../config/sections/schema.ts';
import { plainInputs } from '../../config/testing/plain-inputs.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import type { ColumnSchema, DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, type Table, tableOf, takeRows } from '../../dataset/table/table.ts';
import { createRandom } from '../../platform/random.ts';
import { settledLayers } from '../training/candidates/settings.ts';
import type { TrainModelInput } from '../training/data/training-input.ts';

/** A candidate as ciclo.yml may write it. */
export type CandidateInput = { readonly type: Candidate['type'] } & Record<string, unknown>;

/** A network trained by Adam in batches of 32 and by nothing else, whatever the defaults of ciclo.yml are. */
const plainNetwork = {
  layers: [64, 32],
  dropout: 0,
  'learning-rate': 0.003,
  'batch-size': 32,
  epochs: 200,
  patience: 20,
  'warm-up': 0,
  'weight-decay': 0,
  'weight-average': 0,
  seeds: 1,
} as const;

/** A linear model's or a network's options: those given, over a {@link plainNetwork} or the linear model's defaults. */
export function layersCandidate(input: Record<string, unknown>): LayersOptions {
  const plain = input.type === 'neural-network' ? plainNetwork : {};
  const candidate = candidateSchema.parse({ ...plain, ...input });
  if (candidate.type === 'boosted-trees' || candidate.type === 'command') {
    throw new TypeError(`${candidate.type}: it has no layers`);
  }
  return settledLayers(candidate, { rows: 200, columns: 5, inputs: 5, outputs: 1 });
}

/** Overrides of {@link houses}. */
export interface HousesOptions {
  readonly task?: 'regression' | 'binary' | 'multiclass';
  readonly rows?: number;
  readonly candidates?: readonly CandidateInput[];
  readonly train?: Omit<NonNullable<ConfigInput['train']>, 'candidates'>;
  readonly prepare?: ConfigInput['prepare'];
  readonly validate?: ConfigInput['validate'];
  /** Replaces the target of every row. */
  readonly target?: Column;
  /** Further columns, by name. */
  readonly further?: readonly (readonly [string, Column])[];
}

const linear: CandidateInput = { type: 'linear' };
const network: CandidateInput = { type: 'neural-network', layers: [16], epochs: 30, seeds: 1 };

/**
 * Houses for tests, whose candidates are picked from unless a blend is asked for: price by area (much), district (some), garden (a little) and a number that says nothing. A
 * quarter of the areas is missing. For classifiers the price is cut into classes.
 */
export function houses(options: HousesOptions = {}): TrainModelInput {
  const { task = 'regression', rows = 400, candidates = [linear, network] } = options;
  const table = housesTable(task, rows, options);
  const config: Config = configSchema.parse({
    name: 'houses',
    task,
    target: 'price',
    data: { source: { type: 'file', path: 'houses.csv' } },
    train: { blend: false, ...options.train, candidates },
    features: { area: { indicator: false } },
    prepare: { ...plainInputs, ...options.prepare },
    validate: options.validate,
  });
  const schema = housesSchema(task, table);
  const split = Math.round(rows * 0.75);
  const range = (from: number, to: number) =>
    takeRows(
      table,
      Uint32Array.from({ length: to - from }, (_, i) => from + i),
    );
  const train = range(0, split);
  return { schema, recipe: fitRecipe(train, schema, config), train, validation: range(split, rows), config };
}

function housesTable(task: DatasetSchema['task'], rows: number, options: HousesOptions): Table {
  const random = createRandom(11);
  const area = Float64Array.from({ length: rows }, () => 40 + 160 * random.next());
  const codes = Int32Array.from({ length: rows }, () => random.integer(3));
  const garden = Int8Array.from({ length: rows }, () => random.integer(2));
  const noise = Float64Array.from({ length: rows }, () => random.normal());
  const price = area.map(
    (size, i) => 100 + 3 * size + [0, 60, 150][codes[i]!]! + 15 * garden[i]! + 8 * random.normal(),
  );
  const missing = area.map((size, i) => (i % 4 === 3 ? Number.NaN : size));
  return tableOf([
    ['area', { type: 'number', values: missing }],
    ['district', { type: 'category', codes, dictionary: ['north', 'south', 'harbour'] }],
    ['garden', { type: 'boolean', values: garden }],
    ['noise', { type: 'number', values: noise }],
    ...(options.further ?? []),
    ['price', options.target ?? targetColumn(task, price)],
  ]);
}

function targetColumn(task: DatasetSchema['task'], price: Float64Array): Column {
  if (task === 'regression') return { type: 'number', values: price };
  const code = (value: number) => (value < 450 ? 1 : task === 'binary' || value < 650 ? 0 : 2);
  return { type: 'category', codes: Int32Array.from(price, code), dictionary: ['medium', 'cheap', 'dear'] };
}

function housesSchema(task: DatasetSchema['task'], table: Table): DatasetSchema {
  const columns: ColumnSchema[] = [...table.columns].map(([name, { type }]) => ({
    name,
    type,
    role: name === 'price' ? 'target' : 'feature',
    nullable: name === 'area',
    ...(name === 'area' ? { unit: 'm²', seen: [40, 200] as [number, number] } : {}),
    ...(name === 'district' ? { categories: ['harbour', 'north', 'south'] } : {}),
  }));
  const classes = {
    regression: undefined,
    binary: ['cheap', 'medium'],
    multiclass: ['cheap', 'dear', 'medium'],
  }[task];
  return { version: 1, task, target: 'price', key: ['area'], columns, ...(classes ? { classes } : {}) };
}
