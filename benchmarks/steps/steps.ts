/** CPU seconds of the steps that make one table of several sources: `node benchmarks/steps/steps.ts`. */
import { type ConfigInput, configSchema } from '../../shared/config/sections/schema.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { type Column, tableOf } from '../../shared/dataset/table/table.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { runSteps } from '../../shared/tables/run-steps.ts';

type Steps = NonNullable<ConfigInput['data']['steps']>;

const [orders, customers, prices] = [300_000, 5000, 20_000];
const random = createRandom('steps');
const names = Array.from({ length: customers }, (_, i) => `c${i}`);
const times = 5;

function numbers(rows: number, most: number): Column {
  return { type: 'number', values: Float64Array.from({ length: rows }, () => random.next() * most) };
}

function days(rows: number): Column {
  const start = Date.UTC(2024, 0, 1);
  return {
    type: 'date',
    values: Float64Array.from({ length: rows }, () => start + Math.floor(random.next() * 365) * 86_400_000),
  };
}

function customer(rows: number, of: (row: number) => number): Column {
  return {
    type: 'category',
    codes: Int32Array.from({ length: rows }, (_, row) => of(row)),
    dictionary: names,
  };
}

const any = (): number => Math.floor(random.next() * customers);

function source(name: string, columns: Readonly<Record<string, Column>>): [string, SourceTable] {
  const table = tableOf(Object.entries(columns));
  const digest = `sha256:${'0'.repeat(64)}`;
  return [name, { table, parts: [{ name: `${name}.csv`, digest, firstRow: 0, rows: table.rows }] }];
}

const sources = new Map([
  source('orders', { customer: customer(orders, any), amount: numbers(orders, 100), date: days(orders) }),
  source('customers', {
    customer: customer(customers, (row) => row),
    city: customer(customers, (row) => row % 50),
    age: numbers(customers, 90),
  }),
  source('prices', { customer: customer(prices, any), price: numbers(prices, 9), since: days(prices) }),
]);

function cpuSeconds(steps: Steps): number {
  const files = [...sources.keys()].map((name) => [name, { type: 'file', path: `${name}.csv` }]);
  const config = configSchema.parse({
    task: 'regression',
    target: 'amount',
    data: { sources: Object.fromEntries(files), steps },
  });
  const before = process.cpuUsage();
  runSteps({ sources, config }, silentLogger);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const join: Steps = [{ join: { with: 'customers', on: 'customer' } }];
const rollup = {
  n: 'count',
  sum: { sum: 'amount' },
  mean: { mean: 'amount' },
  last: { last: 'amount' },
  cities: { distinct: 'city' },
} as const;
const cases: Readonly<Record<string, Steps>> = {
  'no step: parts and digests of the rows': [],
  'left join, 300,000 × 5,000': join,
  'join, filter, group with five rollups': [
    ...join,
    { filter: 'd => d.amount > 20' },
    { group: { by: 'customer', rollup } },
  ],
  'join as-of 20,000 prices': [
    {
      join: { with: 'prices', on: 'customer', columns: ['price'], 'as-of': { time: { date: 'since' } } },
    },
  ],
  'window of 30 days, three rollups': [
    {
      group: {
        by: 'customer',
        time: 'date',
        window: '30d',
        rollup: { n: 'count', sum: { sum: 'amount' }, last: { last: 'amount' } },
      },
    },
  ],
};

for (const [name, steps] of Object.entries(cases)) {
  const seconds = Array.from({ length: times }, () => cpuSeconds(steps)).sort((a, b) => a - b);
  console.log(
    `${name}: ${seconds[Math.floor(times / 2)]!.toFixed(2)} s (${seconds.map((s) => s.toFixed(2)).join(', ')})`,
  );
}
