import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatLock } from '../../shared/config/lock/lock-file.ts';
import { datasetSchema } from '../../shared/dataset/schema/schema.ts';
import { httpServer, json } from '../../shared/source/testing/http-server.ts';
import {
  type PipelineFolder,
  pipelineFolder,
  quietPorts,
  refusalOf,
  warningsOf,
} from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

/** Orders with their customer, and with the price of the day: one lookup without a time and one with. */
const config = `task: regression
target: y
data:
  sources:
    orders: { type: file, path: orders-*.csv }
    customers: { type: file, path: customers.csv, key: id }
    prices: { type: file, path: prices.csv }
  steps:
    - join: { with: customers, on: { customer: id }, columns: [city] }
    - join: { with: prices, on: product, columns: [price], as-of: { time: { t: since } } }
    - filter: d => d.y !== 0
  key: id
  time: t
`;

function orders(t: number, y = 1): string {
  const lines = Array.from(
    { length: 24 },
    (_, i) =>
      `${t * 100 + i},${t},c${i % 5},${i % 2 === 0 ? 'pen' : 'ink'},${i === 3 ? 0 : ((i * 7) % 11) + y}`,
  );
  return `id,t,customer,product,y\n${lines.join('\n')}\n`;
}
const customers = ['id,city', 'c0,Rome', 'c1,Oslo', 'c2,Bonn', 'c3,Rome', 'c4,Oslo'];
const prices = ['product,since,price', 'pen,0,1.5', 'ink,0,2', 'pen,2,1.75'];
const csv = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const files = {
  'orders-1.csv': orders(1),
  'orders-2.csv': orders(2),
  'customers.csv': csv(customers),
  'prices.csv': csv(prices),
};

async function locked(folder: PipelineFolder): Promise<void> {
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
}

async function digestOf(folder: PipelineFolder): Promise<string> {
  return (await prepare({ pipeline: await folder.pipeline() }, quietPorts())).digest;
}

const snapshots = (folder: PipelineFolder): string => path.join(folder.path, '.ciclo', 'snapshots');

describe('a lock of several sources', () => {
  test('pins what the steps make of them, and keeps the lookup without a time', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    const { lock } = await folder.pipeline();
    expect(lock!.data).toMatchObject({
      rows: 46,
      parts: [
        { name: '1', rows: 23 },
        { name: '2', rows: 23 },
      ],
      sources: { orders: { rows: 48 }, customers: { rows: 5 }, prices: { rows: 3 } },
    });
    expect(
      Object.entries(lock!.data.sources!).map(([name, { snapshot }]) => [name, snapshot !== undefined]),
    ).toEqual([
      ['orders', false],
      ['customers', true],
      ['prices', false],
    ]);
    expect(await readdir(snapshots(folder))).toHaveLength(2);
    const again = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(again.changes).toEqual([]);
    expect(formatLock(again.after)).toBe(await readFile(folder.lockFile, 'utf8'));
  });

  test('gives the same bytes again, also when later rows, later prices and other orders of rows have come', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    const digest = await digestOf(folder);
    expect(await digestOf(folder)).toBe(digest);
    await folder.write('orders-3.csv', orders(3));
    await folder.write('prices.csv', csv([...prices, 'ink,3,9']));
    await folder.write('customers.csv', csv([customers[0]!, ...customers.slice(1).reverse()]));
    await rm(snapshots(folder), { recursive: true });
    const later = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect(later.digest).toBe(digest);
    expect(later.leftOut).toEqual({ afterWindow: 23, late: 0 });
  });

  test('stands by its snapshot where a lookup changed in place; without it the error names the source', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    const digest = await digestOf(folder);
    await folder.write('customers.csv', csv([...customers.slice(0, -1), 'c4,Lima']));
    expect(await digestOf(folder)).toBe(digest);
    await rm(snapshots(folder), { recursive: true });
    expect(await refusalOf(digestOf(folder))).toBe(
      [
        'the data is not what ciclo.lock pins:',
        '  1 (orders-1.csv): changed, still 23 rows',
        '  2 (orders-2.csv): changed, still 23 rows',
        'since it was written:',
        '  source customers: changed, still 5 rows',
        'restore it, or accept the change with ciclo lock',
      ].join('\n'),
    );
    const plan = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(plan.changes).toEqual([
      '1: content changed, still 23 rows',
      '2: content changed, still 23 rows',
      'source customers: content changed, still 5 rows',
    ]);
    await writeLock(plan);
    expect(await digestOf(folder)).not.toBe(digest);
  });

  test('without an event time names the files that the rows came from', async () => {
    await using folder = await pipelineFolder(config.replace('  time: t\n', ''), files);
    await locked(folder);
    const { lock } = await folder.pipeline();
    expect(lock!.data.parts.map(({ name, rows }) => [name, rows])).toEqual([
      ['orders-1.csv', 23],
      ['orders-2.csv', 23],
    ]);
    await folder.write('orders-2.csv', orders(2, 5));
    expect(await refusalOf(digestOf(folder))).toContain(
      '  orders-2.csv: changed, still 23 rows\nsince it was written:\n  source orders: changed, still 48 rows\n',
    );
  });
});

describe('prepare of several sources', () => {
  test('says in the schema which columns a step made, and tells keys without a partner', async () => {
    await using folder = await pipelineFolder(config, {
      ...files,
      'customers.csv': csv(customers.slice(0, -1)),
    });
    const ports = quietPorts();
    const { quality, folder: dataset } = await prepare({ pipeline: await folder.pipeline() }, ports);
    const told =
      'data.steps[0].join (step 1): 8 rows of orders (17%) have no partner in customers: what is brought in is missing there';
    expect(quality.remarks).toContainEqual({ kind: 'steps', message: told });
    expect(warningsOf(ports.log)).toContain(told);
    const schema = datasetSchema.parse(JSON.parse(await readFile(path.join(dataset, 'schema.json'), 'utf8')));
    expect(schema.columns.flatMap(({ name, made }) => (made === undefined ? [] : [[name, made]]))).toEqual([
      ['city', 'joined from customers (step 1)'],
      ['price', 'joined from prices (step 2)'],
    ]);
  });

  test('names the source where a file is not there, and its settings where they do not fit', async () => {
    await using folder = await pipelineFolder(config, files);
    await rm(path.join(folder.path, 'prices.csv'));
    expect(await refusalOf(digestOf(folder))).toContain(
      'data.sources.prices.path: "prices.csv" matches no file',
    );
    await folder.write('prices.csv', 'product,since,price\n1,0,1.5\n');
    expect(await refusalOf(digestOf(folder))).toContain(
      'data.steps[1].join (step 2): orders.product is a category and prices.product is a number',
    );
  });

  test('says so when the steps leave no row', async () => {
    await using folder = await pipelineFolder(config.replace('d => d.y !== 0', 'd => d.y > 99'), files);
    expect(await refusalOf(digestOf(folder))).toBe('data.steps: no row is left of the first source');
  });

  test('a later row that breaks the type of a column is no error before it is locked', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    const digest = await digestOf(folder);
    await folder.write('orders-3.csv', orders(3).replace('c1,ink,', 'c1,ink,broken'));
    const ports = quietPorts();
    expect((await prepare({ pipeline: await folder.pipeline() }, ports)).digest).toBe(digest);
    expect(warningsOf(ports.log)).toContain(
      'data.steps[2].filter (step 3): 1 value of orders.y is not a number, as ciclo.lock froze it, and counts as missing',
    );
    expect(await refusalOf(planLock({ pipeline: await folder.pipeline() }, quietPorts()))).toContain(
      'data.steps[2].filter (step 3): of source orders, column "y": ciclo.lock froze its type as number, but one value is not a number:',
    );
  });
});

describe('a key whose type the lock froze', () => {
  test('is read as it was when a row of another kind comes', async () => {
    const numbered = config.replace('path: customers.csv, key: id', 'path: customers.csv');
    await using folder = await pipelineFolder(numbered, {
      ...files,
      'orders-1.csv': orders(1).replaceAll(/,c(?=\d)/g, ','),
      'orders-2.csv': orders(2).replaceAll(/,c(?=\d)/g, ','),
      'customers.csv': csv(['id,city', ...customers.slice(1).map((line) => line.slice(1))]),
    });
    await locked(folder);
    const { lock } = await folder.pipeline();
    expect(lock!.data.sources!.customers!.types).toEqual({ id: 'number' });
    const digest = await digestOf(folder);
    await rm(snapshots(folder), { recursive: true });
    const more = Array.from({ length: 30 }, (_, i) => `${100 + i},Bern`);
    const known = customers.slice(1).map((line) => line.slice(1));
    await folder.write('customers.csv', csv(['id,city', ...known, ...more, 'new,Lima']));
    const ports = quietPorts();
    expect((await prepare({ pipeline: await folder.pipeline() }, ports)).digest).toBe(digest);
    expect(warningsOf(ports.log)).toContain(
      'data.steps[0].join (step 1): 1 value of customers.id is not a number, as ciclo.lock froze it, and counts as missing',
    );
  });
});

describe('a source outside git', () => {
  test('is read from its own snapshot when it is not there any more', async () => {
    let gone = false;
    await using server = await httpServer((_, response) => {
      if (gone) json(response, {}, 404);
      else
        json(response, [
          { product: 'pen', since: 0, price: 1.5 },
          { product: 'ink', since: 0, price: 2 },
        ]);
    });
    const source = `prices: { type: http, url: "${server.url}/prices", retries: 0 }`;
    await using folder = await pipelineFolder(
      config.replace('prices: { type: file, path: prices.csv }', source),
      files,
    );
    await locked(folder);
    const { lock } = await folder.pipeline();
    expect(lock!.data.sources!.prices!.snapshot).toMatch(/^sha256:/);
    expect(lock!.data.sources!.orders!.snapshot).toBeUndefined();
    const digest = await digestOf(folder);
    gone = true;
    expect(await digestOf(folder)).toBe(digest);
    await rm(snapshots(folder), { recursive: true });
    expect(await refusalOf(digestOf(folder))).toContain(
      'check data.sources.prices.url and data.sources.prices.query',
    );
  });
});
