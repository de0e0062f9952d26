/**
 * CPU seconds of permutation importance on a table with many more columns than rows, as gene expressions are: one column after
 * the other permuted five times, 2,308 columns. Prints one JSON object.
 *
 * usage: node benchmarks/training/importance.ts [--rows 83] [--columns 2308]
 */
import { parseArgs } from 'node:util';
import { type ConfigInput, configSchema } from '../../shared/config/sections/schema.ts';
import { fitRecipe } from '../../shared/dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import { type Column, tableOf, takeRows } from '../../shared/dataset/table/table.ts';
import { metricOf } from '../../shared/metrics/registry/registry.ts';
import { isDirect } from '../../shared/model/predictor/model-bundle.ts';
import { createPredictor } from '../../shared/model/predictor/predictor.ts';
import { permutationImportance } from '../../shared/model/training/choice/importance.ts';
import { trainModel } from '../../shared/model/training/train-model.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { cpuTime } from './peers.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '83' }, columns: { type: 'string', default: '2308' } },
});
const [rows, columns] = [Number(values.rows), Number(values.columns)];
const random = createRandom(7);
const classes = ['a', 'b', 'c', 'd'];
const kinds = Int32Array.from({ length: rows }, () => random.integer(4));
/** Every fiftieth number tells a little. */
const genes = Array.from({ length: columns }, (_, c): [string, Column] => [
  `g${c}`,
  {
    type: 'number',
    values: Float64Array.from(kinds, (kind) => random.normal() + (c % 50 === kind ? 1 : 0)),
  },
]);
const table = tableOf([...genes, ['kind', { type: 'category', codes: kinds, dictionary: classes }]]);
const schema: DatasetSchema = {
  ...{ version: 1, task: 'multiclass', target: 'kind', key: ['g0'], classes },
  columns: [...table.columns].map(([name, { type }]) => ({
    ...{ name, type, role: name === 'kind' ? 'target' : 'feature', nullable: false },
  })),
};
const split = Math.round(rows * 0.75);
const range = (from: number, to: number) =>
  takeRows(
    table,
    Uint32Array.from({ length: to - from }, (_, i) => from + i),
  );
const [train, validation] = [range(0, split), range(split, rows)];

type Candidates = NonNullable<NonNullable<ConfigInput['train']>['candidates']>;

async function measure(candidates: Candidates) {
  const config = configSchema.parse({
    ...{ name: 'genes', task: 'multiclass', target: 'kind' },
    data: { source: { type: 'file', path: 'genes.csv' } },
    train: { candidates, importance: 'off' },
  });
  const recipe = fitRecipe(train, schema, config);
  const input = { schema, recipe, train, validation, config };
  const model = { ...input, ...(await trainModel(input, { logger: silentLogger })) };
  if (!isDirect(model)) throw new TypeError('an engine of our own was asked for');
  const begun = cpuTime();
  const { warning } = await permutationImportance({
    ...{ predictor: createPredictor(model), inputs: columns, table: validation, schema },
    ...{
      metric: metricOf('log-loss'),
      repeats: 5,
      rows: 5000,
      random: createRandom(1),
      logger: silentLogger,
    },
  });
  return { cpuSeconds: Number(((cpuTime() - begun) / 1000).toFixed(2)), ...(warning ? { warning } : {}) };
}

const results = {
  linear: await measure([{ type: 'linear' }]),
  'boosted-trees': await measure([{ type: 'boosted-trees', rounds: 20, 'min-rows': 5 }]),
  'neural-network': await measure([{ type: 'neural-network', epochs: 3 }]),
};
console.log(JSON.stringify({ rows: validation.rows, columns, results }, undefined, 2));
