import { configSchema } from '../../config/sections/schema.ts';
import { profileTable } from '../../dataset/profile/profile.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { ColumnSchema, DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Table, tableOf } from '../../dataset/table/table.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { architectureOf } from '../../model/network/architecture.ts';
import { saveNetwork } from '../../model/network/layers-format.ts';
import { initialParameters } from '../../model/network/parameters.ts';
import type { DirectBundle } from '../../model/predictor/model-bundle.ts';
import { createRandom } from '../../platform/random.ts';
import { day } from '../../platform/time-lengths.ts';
import { sampleBinary, sampleMulticlass } from '../../report/testing/sample-classifiers.ts';
import { sampleRegression } from '../../report/testing/sample-evaluation.ts';
import type { PipelineSite, SiteVersion } from '../site-input.ts';

const rows = 400;

/** What a sample is called: by default harmless. */
export interface SampleNames {
  /** Columns of numbers, whole numbers, categories, truths and dates; the target. */
  readonly weight: string;
  readonly doors: string;
  readonly origin: string;
  readonly turbo: string;
  readonly sold: string;
  readonly target: string;
  readonly origins: readonly string[];
  readonly classes: readonly string[];
  readonly unit: string;
}

const plainNames: SampleNames = {
  weight: 'weight',
  doors: 'doors',
  origin: 'origin',
  turbo: 'turbo',
  sold: 'sold',
  target: 'price',
  origins: ['USA', 'Japan', 'Europe'],
  classes: ['cheap', 'dear', 'medium'],
  unit: 'kg',
};

export function sampleTable(names: SampleNames = plainNames): Table {
  const random = createRandom(3);
  const numbers = (next: (row: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => next(row));
  const codes = (count: number) => Int32Array.from({ length: rows }, () => random.integer(count));
  return tableOf([
    [names.weight, { type: 'number', values: numbers(() => Math.round(800 + 1600 * random.next())) }],
    [
      names.doors,
      { type: 'number', values: numbers((row) => (row % 9 === 8 ? Number.NaN : 2 + random.integer(4))) },
    ],
    [names.origin, { type: 'category', codes: codes(3), dictionary: names.origins }],
    [names.turbo, { type: 'boolean', values: Int8Array.from({ length: rows }, () => random.integer(2)) }],
    [names.sold, { type: 'date', values: numbers(() => Date.UTC(2024, 0, 1) + day * random.integer(700)) }],
  ]);
}

function sampleSchema(task: DatasetSchema['task'], names: SampleNames): DatasetSchema {
  const feature = { role: 'feature', nullable: false } as const;
  const columns: ColumnSchema[] = [
    { ...feature, name: names.weight, type: 'number', unit: names.unit, range: [1, 5000], seen: [800, 2400] },
    {
      ...feature,
      name: names.doors,
      type: 'number',
      nullable: true,
      seen: [2, 5],
      description: 'the boot counts',
    },
    { ...feature, name: names.origin, type: 'category', nullable: true, categories: [...names.origins] },
    { ...feature, name: names.turbo, type: 'boolean' },
    {
      ...{ ...feature, name: names.sold, type: 'date', nullable: true },
      seen: [Date.UTC(2024, 0, 1), Date.UTC(2025, 10, 30)],
    },
    { name: 'hidden', type: 'category', role: 'ignored', nullable: false },
    {
      ...{ name: names.target, role: 'target', nullable: false },
      ...(task === 'regression' ? { type: 'number', unit: 'EUR', seen: [0, 40] } : { type: 'category' }),
    },
  ];
  const classes = task === 'binary' ? names.classes.slice(0, 2) : [...names.classes];
  return {
    ...{ version: 1, task, target: names.target, key: [names.weight], columns },
    ...(task === 'regression' ? {} : { classes }),
  };
}

/** A network of random weights over a recipe with every kind of column and a derived one. */
function sampleModel(
  task: DatasetSchema['task'],
  names: SampleNames,
): DirectBundle & { readonly table: Table } {
  const table = sampleTable(names);
  const schema = sampleSchema(task, names);
  const config = configSchema.parse({
    task,
    target: names.target,
    data: { source: { type: 'file', path: 'cars.csv' } },
    prepare: {
      derive: { heavy: `d => d[${JSON.stringify(names.weight)}] / 1000 > 1.5 ? 1 : op.sqrt(0.25)` },
    },
  });
  // Without a prototype, so that a column may be called __proto__.
  const features = Object.assign(Object.create(null), config.features);
  const recipe = fitRecipe(table, schema, { ...config, features });
  const units = task === 'multiclass' ? names.classes.length : 1;
  const activation = ({ regression: 'linear', binary: 'sigmoid', multiclass: 'softmax' } as const)[task];
  const hidden = { layers: [16, 8], activation: 'tanh', dropout: 0, 'batch-norm': true } as const;
  const architecture = architectureOf(compileRecipe(recipe).width, hidden, { units, activation });
  const scale = task === 'regression' ? { mean: 20, deviation: 6 } : undefined;
  const saved = saveNetwork(architecture, initialParameters(architecture, createRandom(5)), scale);
  return { schema, recipe, table, ...saved };
}

/** Versions; the last is live. */
export function sampleVersions(count: number): SiteVersion[] {
  return Array.from({ length: count }, (_, i) => ({
    version: `v1.${i}.0`,
    ...(i === count - 1 ? { stage: 'production' } : {}),
    live: i === count - 1,
    metric: { name: 'rmse', value: 4 - i * 0.3, low: 3.5 - i * 0.3, high: 4.6 - i * 0.3, better: 'lower' },
    window: `2024-01 to 2024-${String(i + 1).padStart(2, '0')}`,
    date: `2025-${String(i + 1).padStart(2, '0')}-03T08:00:00Z`,
    commit: `${i}`.repeat(40),
  }));
}

function evaluationOf(task: DatasetSchema['task'], names: SampleNames): Evaluation {
  const overrides = { target: names.target };
  if (task === 'binary') return sampleBinary(overrides);
  return task === 'multiclass'
    ? sampleMulticlass(overrides)
    : sampleRegression({ ...overrides, unit: 'EUR' });
}

/** A site whose page predicts. */
export type SampleSite = Omit<PipelineSite, 'model'> & { readonly model: DirectBundle };

/** A pipeline's site with every kind of field. */
export function sampleSite(
  task: DatasetSchema['task'],
  changes: Partial<SampleNames> = {},
  overrides: Partial<SampleSite> = {},
): SampleSite {
  const names = { ...plainNames, ...changes };
  const { table, ...model } = sampleModel(task, names);
  const features = model.schema.columns.filter(({ role }) => role === 'feature');
  return {
    name: task,
    description: 'What a used car is worth.',
    model,
    profile: profileTable(table, { ...model.schema, columns: features }, { minCount: 2 }),
    evaluation: evaluationOf(task, names),
    card: '# Model card: cars\n\nPredicts **price**.\n\n## Limits\n\n- None \\<known\\>.\n',
    report:
      '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Report</title><p>The report</p></html>',
    versions: sampleVersions(4),
    ...(task === 'regression'
      ? {
          uncertainty: {
            rows: 79,
            intervals: [
              { level: 0.9, halfWidth: 3.25 },
              { level: 0.5, halfWidth: 1.5 },
              { level: 0.99, halfWidth: null },
            ],
          },
        }
      : {}),
    ...overrides,
  };
}
