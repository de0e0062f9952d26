/**
 * The rate of false alarms of checks as a pipeline makes them: against training rows, predictions against those of the
 * test rows, columns weighed by their importance to the model, all features together; nothing has changed. The share
 * of drifted weight that raises the verdict is so small that one column with any weight does. Prints one JSON object.
 *
 * usage: node benchmarks/drift-calibration/pipeline.ts [--checks 300]
 */
import { parseArgs } from 'node:util';
import { compareWithReference } from '../../actions/drift-check/comparison.ts';
import type { CurrentRows } from '../../actions/drift-check/rows/current-rows.ts';
import type { ProductionModel, Reference } from '../../actions/drift-check/rows/reference.ts';
import { configSchema } from '../../shared/config/sections/schema.ts';
import { profileTable } from '../../shared/dataset/profile/profile.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import { stackTables } from '../../shared/dataset/table/stacked-tables.ts';
import { columnOf, type Table } from '../../shared/dataset/table/table.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import { createRandom, type Random } from '../../shared/platform/random.ts';
import { rateInterval } from './rate-interval.ts';
import { simulatedPredictions, simulatedTable, type TableKind, tableKinds } from './tables.ts';

const declared = 0.05;
const { values } = parseArgs({ options: { checks: { type: 'string', default: '300' } } });
/** Rows of training, test and current. */
const sizes = [
  [300, 100, 100],
  [1000, 300, 60],
] as const;

const config = configSchema.parse({
  task: 'regression',
  target: 'y',
  data: { source: { type: 'file', path: 'rows.csv' } },
});

function schemaOf(table: Table): DatasetSchema {
  return {
    version: 1,
    task: 'regression',
    target: 'y',
    key: [...table.columns.keys()],
    columns: [...table.columns].map(([name, { type }]) => ({ name, type, role: 'feature', nullable: true })),
  };
}

/** A model that adds up the numbers, with noise of its own for each row. */
function predictorOf(random: Random): ProductionModel['predictor'] {
  return {
    predictTable(table) {
      const column = columnOf(simulatedPredictions(table, random), 'prediction');
      if (column.type !== 'number') throw new TypeError('predictions are numbers');
      return { task: 'regression', predicted: column.values };
    },
    predictRecord() {
      throw new Error('a check predicts tables');
    },
  };
}

async function oneCheck(
  kind: TableKind,
  [train, test, current]: (typeof sizes)[number],
  random: Random,
): Promise<DriftReport> {
  const sides = { train: simulatedTable(kind, train, random), test: simulatedTable(kind, test, random) };
  const rows = { ...sides, all: () => stackTables([sides.train, sides.test]), late: 0 };
  const schema = schemaOf(rows.train);
  const names = [...rows.train.columns.keys()];
  const training = {
    // Falling weights, and one feature that the model does not use.
    importance: names.map((feature, i) => ({ feature, mean: 1 - i / (names.length - 1) })),
  };
  // Of the model in production a comparison looks at these parts alone.
  const production = { predictor: predictorOf(random), training } as unknown as ProductionModel;
  const reference: Reference = { schema, profile: profileTable(rows.train, schema), rows, production };
  const table = simulatedTable(kind, current, random);
  const arrived: CurrentRows = {
    table,
    window: { rows: new Uint32Array(0), words: 'all rows', newer: current, untimed: 0 },
    arrived: { table, retyped: [], added: [], strays: [] },
  };
  const options = { share: 1e-6, seed: random.uint32(), permutations: 1999 };
  return (await compareWithReference(reference, arrived, { config, options })).report;
}

const checks = Number(values.checks);
async function cellOf(size: (typeof sizes)[number], kind: TableKind) {
  const random = createRandom(JSON.stringify(['pipeline', kind, size]));
  let alarms = 0;
  for (let i = 0; i < checks; i++)
    alarms += Number((await oneCheck(kind, size, random.fork(String(i)))).drift);
  const { low, high } = rateInterval(alarms, checks);
  return {
    table: kind,
    rows: size,
    checks,
    alarms,
    rate: alarms / checks,
    low,
    high,
    pass: low <= declared,
  };
}

const cells: Awaited<ReturnType<typeof cellOf>>[] = [];
for (const size of sizes) {
  for (const kind of tableKinds) cells.push(await cellOf(size, kind));
}
const alarms = cells.reduce((sum, cell) => sum + cell.alarms, 0);
const all = checks * cells.length;
console.log(
  JSON.stringify(
    { declared, overall: { checks: all, alarms, ...rateInterval(alarms, all) }, cells },
    null,
    1,
  ),
);
