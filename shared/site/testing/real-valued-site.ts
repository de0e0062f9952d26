import { configSchema } from '../../config/sections/schema.ts';
import { profileTable } from '../../dataset/profile/profile.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Table, tableOf } from '../../dataset/table/table.ts';
import { architectureOf } from '../../model/network/architecture.ts';
import { saveNetwork } from '../../model/network/layers-format.ts';
import { initialParameters } from '../../model/network/parameters.ts';
import { createRandom } from '../../platform/random.ts';
import type { PipelineSite } from '../site-input.ts';
import { sampleSite } from './sample-site.ts';

const rows = 300;

/** Sizes of the features: concentrations of a millionth, shares, lengths, populations. */
const sizes = [1e-6, 0.003, 0.1, 1, 1, 1, 7.5, 12, 40, 100, 365, 5000, 1e6, 3e9];

/** A regression over many real-valued columns, no two values alike: its published profile has no points. */
export function realValuedSite(): PipelineSite {
  const random = createRandom(11);
  const names = sizes.map((_, i) => `x${i}`);
  const columns = sizes.map((size, i) => ({
    name: names[i]!,
    values: Float64Array.from({ length: rows }, () => size * (random.next() - (i % 3 === 0 ? 0.5 : 0))),
  }));
  const table: Table = tableOf(columns.map(({ name, values }) => [name, { type: 'number', values }]));
  const feature = { type: 'number', role: 'feature', nullable: false } as const;
  const schema: DatasetSchema = {
    ...{ version: 1, task: 'regression', target: 'y', key: ['x0'] },
    columns: [
      ...columns.map(({ name, values }) => ({
        ...{ ...feature, name, unit: 'mg' },
        seen: [Math.min(...values), Math.max(...values)] as [number, number],
      })),
      { name: 'y', type: 'number', role: 'target', nullable: false, unit: 'g' },
    ],
  };
  const config = configSchema.parse({
    ...{ task: 'regression', target: 'y' },
    data: { source: { type: 'file', path: 'samples.csv' } },
    // One column with all that a number can become, the others as they are.
    features: { x4: { encode: 'piecewise-linear', bound: 8 } },
  });
  const recipe = fitRecipe(table, schema, config);
  const hidden = { layers: [8], activation: 'tanh', dropout: 0, 'batch-norm': false } as const;
  const output = { units: 1, activation: 'linear' } as const;
  const architecture = architectureOf(compileRecipe(recipe).width, hidden, output);
  const saved = saveNetwork(architecture, initialParameters(architecture, createRandom(5)));
  const importance = names.toReversed().map((name, i) => ({ feature: name, mean: 14 - i, deviation: 0.1 }));
  return sampleSite(
    'regression',
    {},
    {
      name: 'real',
      model: { schema, recipe, ...saved },
      profile: profileTable(
        table,
        { ...schema, columns: schema.columns.filter(({ role }) => role === 'feature') },
        { minCount: 5 },
      ),
      training: {
        ...{ version: 1, seed: 1, rows: { train: rows, validation: 0 }, inputs: 14, metric: 'rmse' },
        engine: { name: 'tensorflow.js', version: '4.22.0', backend: 'wasm', reproducible: true },
        ...{ chosen: 'network', candidates: [], importance, warnings: [] },
      },
    },
  );
}
