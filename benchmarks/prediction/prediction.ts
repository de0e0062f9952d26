/**
 * Predictions by Ciclo's predictor (recipe and engine, without TensorFlow): microseconds for one record, and CPU seconds for
 * a large table, by a network and by boosted trees, beside scikit-learn's pipelines of the same shapes on one thread. Prints
 * one JSON object.
 *
 * usage: node benchmarks/prediction/prediction.ts [--rows 1000000] [--repeats 3] [--python python3]
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { configSchema } from '../../shared/config/sections/schema.ts';
import { fitRecipe } from '../../shared/dataset/recipe/recipe.ts';
import { compileRecipe } from '../../shared/dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import {
  type Column,
  type NumberColumn,
  rowAt,
  type Table,
  tableOf,
} from '../../shared/dataset/table/table.ts';
import { architectureOf } from '../../shared/model/network/architecture.ts';
import { saveNetwork } from '../../shared/model/network/layers-format.ts';
import { initialParameters } from '../../shared/model/network/parameters.ts';
import { createPredictor } from '../../shared/model/predictor/predictor.ts';
import { trainModel } from '../../shared/model/training/train-model.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { createRandom } from '../../shared/platform/random.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
  },
});

/** 17 numbers and a category of three: 20 inputs. */
function tableOfRows(rows: number, seed = 1): Table {
  const random = createRandom(seed);
  const columns: [string, Column][] = [];
  for (let j = 0; j < 17; j++) {
    columns.push([
      `x${j}`,
      { type: 'number', values: Float64Array.from({ length: rows }, () => random.normal()) },
    ]);
  }
  const codes = Int32Array.from({ length: rows }, () => random.integer(3));
  columns.push(['group', { type: 'category', codes, dictionary: ['red', 'green', 'blue'] }]);
  return tableOf(columns);
}

function schemaOf(table: Table): DatasetSchema {
  const features = [...table.columns].map(([name, { type }]) => ({
    name,
    type,
    role: 'feature' as const,
    nullable: false,
  }));
  const target = { name: 'y', type: 'number' as const, role: 'target' as const, nullable: false };
  return { version: 1, task: 'regression', target: 'y', key: [], columns: [...features, target] };
}

const rows = Number(values.rows);
const table = tableOfRows(rows);
const schema = schemaOf(table);
const declared = {
  task: 'regression',
  target: 'y',
  data: { source: { type: 'file', path: 'rows.csv' } },
} as const;
const config = configSchema.parse(declared);
const recipe = fitRecipe(tableOfRows(5000), schema, config);
const inputs = compileRecipe(recipe).width;
const architecture = architectureOf(
  inputs,
  { layers: [64, 32], activation: 'relu', dropout: 0, 'batch-norm': false },
  { units: 1, activation: 'linear' },
);
const saved = saveNetwork(architecture, initialParameters(architecture, createRandom(1)));
const predictor = createPredictor({ schema, recipe, ...saved });

const records = Array.from({ length: 1000 }, (_, i) => rowAt(table, i));
const latencies: number[] = [];
for (let i = 0; i < 50_000; i++) {
  const start = performance.now();
  predictor.predictRecord(records[i % records.length]!);
  latencies.push((performance.now() - start) * 1000);
}
const sorted = latencies.slice(10_000).sort((a, b) => a - b);

/** CPU seconds of a batch, the median of the repeats. */
function batchSeconds({ predictTable }: Pick<typeof predictor, 'predictTable'>): number {
  const batches = Array.from({ length: Number(values.repeats) }, () => {
    const start = process.cpuUsage();
    predictTable(table);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return median(batches);
}

/** 100 trees of 31 leaves, of 20,000 rows. */
async function trainedTrees() {
  const candidate = { type: 'boosted-trees', rounds: 100, leaves: 31, patience: 100 } as const;
  const trees = configSchema.parse({
    ...declared,
    train: { candidates: [candidate], importance: { repeats: 1 } },
  });
  const [train, validation] = [20_000, 500].map((count, i) => {
    const made = tableOfRows(count, i + 2);
    const [a, b, c, d] = ['x0', 'x1', 'x2', 'x3'].map(
      (name) => (made.columns.get(name) as NumberColumn).values,
    );
    const y = a!.map((value, row) => value + Math.sin(b![row]!) + c![row]! * d![row]!);
    return tableOf([...made.columns, ['y', { type: 'number', values: y }]]);
  });
  const fitted = fitRecipe(train!, schema, trees);
  const model = await trainModel(
    { schema, recipe: fitted, train: train!, validation: validation!, config: trees },
    { logger: silentLogger },
  );
  if (!('trees' in model)) throw new TypeError('the candidate is boosted trees');
  return createPredictor({ schema, recipe: fitted, ...model });
}

const seconds = batchSeconds(predictor);
const treesSeconds = batchSeconds(await trainedTrees());

const script = fileURLToPath(new URL('pipeline.py', import.meta.url));
const oneThread = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
const peer: {
  batchSeconds: number;
  treesSeconds: number;
  recordMicroseconds: number;
  version: string;
} = JSON.parse(
  execFileSync(values.python, [script, values.rows, values.repeats], { encoding: 'utf8', env: oneThread }),
);
const round = (value: number) => Number(value.toPrecision(3));
console.log(
  JSON.stringify(
    {
      benchmark: 'prediction',
      network: [inputs, 64, 32, 1],
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
      record: {
        unit: 'microseconds',
        median: round(sorted[Math.floor(sorted.length / 2)]!),
        p99: round(sorted[Math.floor(sorted.length * 0.99)]!),
        sklearn: round(peer.recordMicroseconds),
      },
      batch: {
        unit: 'CPU seconds',
        rows,
        network: round(seconds),
        sklearnNetwork: round(peer.batchSeconds),
        networkRatio: round(seconds / peer.batchSeconds),
        trees: round(treesSeconds),
        sklearnTrees: round(peer.treesSeconds),
        treesRatio: round(treesSeconds / peer.treesSeconds),
      },
      peer: `scikit-learn ${peer.version}`,
    },
    null,
    2,
  ),
);
