/**
 * Predictions by Ciclo's predictor (recipe and network, without TensorFlow): microseconds for one record, and rows a
 * second for a large table, beside scikit-learn's pipeline of the same shape. Prints one JSON object.
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
import { type Column, rowAt, type Table, tableOf } from '../../shared/dataset/table/table.ts';
import { architectureOf } from '../../shared/model/network/architecture.ts';
import { saveNetwork } from '../../shared/model/network/layers-format.ts';
import { initialParameters } from '../../shared/model/network/parameters.ts';
import { createPredictor } from '../../shared/model/predictor/predictor.ts';
import { createRandom } from '../../shared/platform/random.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
  },
});

/** 17 numbers and a category of three: 20 inputs. */
function tableOfRows(rows: number): Table {
  const random = createRandom(1);
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
const config = configSchema.parse({
  task: 'regression',
  target: 'y',
  data: { source: { type: 'file', path: 'rows.csv' } },
});
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

const batches = Array.from({ length: Number(values.repeats) }, () => {
  const start = performance.now();
  predictor.predictTable(table);
  return (performance.now() - start) / 1000;
});
const seconds = median(batches);

const script = fileURLToPath(new URL('pipeline.py', import.meta.url));
const peer: { batchSeconds: number; recordMicroseconds: number; version: string } = JSON.parse(
  execFileSync(values.python, [script, values.rows, values.repeats], { encoding: 'utf8' }),
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
        rows,
        rowsPerSecond: round(rows / seconds),
        sklearn: round(rows / peer.batchSeconds),
        timeRatio: round(seconds / peer.batchSeconds),
      },
      peer: `scikit-learn ${peer.version}`,
    },
    null,
    2,
  ),
);
