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
import { escapeMarkdown, markdownTable } from '../../text/markdown.ts';
import type { PipelineSite } from '../site-input.ts';
import { type SampleSite, sampleSite, sampleVersions } from './sample-site.ts';

const rows = 300;

/** Sizes of the features: concentrations of a millionth, shares, lengths, populations. */
const sizes = [1e-6, 0.003, 0.1, 1, 1, 1, 7.5, 12, 40, 100, 365, 5000, 1e6, 3e9];

/** A regression over many real-valued columns, no two values alike: its published profile has no points. */
export function realValuedSite(): PipelineSite {
  return siteOf('real', 'x', 1, {});
}

/** The same where little has room: names of many words, and answers of thousands of millions. */
export function wideSite(): PipelineSite {
  const prefix = 'sensor_measurement_of_the_channel_number_';
  const size = 8e9;
  const columns = sizes.map((_, i) => [`${prefix}${i}`, 'number', `−${i} to ${size}`]);
  const measured = {
    name: 'rmse',
    value: 0.12 * size,
    low: 0.11 * size,
    high: 0.14 * size,
    better: 'lower' as const,
  };
  return siteOf('wide', prefix, size, {
    card: `# Model card: wide\n\n## Data\n\n${markdownTable(
      ['Column', 'Type', 'Typical training values'],
      columns.map((cells) => cells.map(escapeMarkdown)),
    )}\n`,
    versions: sampleVersions(4).map((version) => ({ ...version, metric: measured })),
    uncertainty: {
      rows: 79,
      intervals: [
        { level: 0.9, halfWidth: 0.2 * size },
        { level: 0.5, halfWidth: 0.1 * size },
      ],
    },
  });
}

function siteOf(name: string, prefix: string, size: number, overrides: Partial<SampleSite>): PipelineSite {
  const random = createRandom(11);
  const names = sizes.map((_, i) => `${prefix}${i}`);
  const columns = sizes.map((size, i) => ({
    name: names[i]!,
    values: Float64Array.from({ length: rows }, () => size * (random.next() - (i % 3 === 0 ? 0.5 : 0))),
  }));
  const table: Table = tableOf(columns.map(({ name, values }) => [name, { type: 'number', values }]));
  const feature = { type: 'number', role: 'feature', nullable: false } as const;
  const schema: DatasetSchema = {
    ...{ version: 1, task: 'regression', target: 'y', key: [`${prefix}0`] },
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
    features: { [`${prefix}4`]: { encode: 'piecewise-linear', bound: 8 } },
  });
  const recipe = fitRecipe(table, schema, config);
  const hidden = { layers: [8], activation: 'tanh', dropout: 0, 'batch-norm': false } as const;
  const output = { units: 1, activation: 'linear' } as const;
  const architecture = architectureOf(compileRecipe(recipe).width, hidden, output);
  const parameters = initialParameters(architecture, createRandom(5));
  const last = parameters.layers.at(-1)!;
  for (const numbers of [last.kernel, last.bias]) for (const i of numbers.keys()) numbers[i]! *= size;
  const saved = saveNetwork(architecture, parameters);
  const importance = names.toReversed().map((name, i) => ({ feature: name, mean: 14 - i, deviation: 0.1 }));
  return sampleSite(
    'regression',
    {},
    {
      name,
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
      ...overrides,
    },
  );
}
