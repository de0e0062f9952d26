import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { rowAt } from '../../shared/dataset/table/table.ts';
import { httpServer, json, type SeenRequest } from '../../shared/source/testing/http-server.ts';
import { pipelineFolder, quietPorts, refusalOf, warningsOf } from '../testing/pipeline-folder.ts';
import { collect } from './collect.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

interface Sale {
  readonly id: number;
  readonly day: string;
  readonly x: number | string | null;
  readonly y: number;
}

const dayOf = (index: number): string =>
  new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 2))).toISOString().slice(0, 10);
/** Two rows a day, from 2026-01-01 on. */
const sale = (index: number, more: Partial<Sale> = {}): Sale => ({
  ...{ id: index, day: dayOf(index), x: (index * 37) % 101, y: (index * 61) % 89 },
  ...more,
});
const sales = (from: number, to: number): Sale[] =>
  Array.from({ length: to - from }, (_, i) => sale(from + i));

/** An API that knows `since`: rows of that day and after it, as most have it. */
async function salesServer(rows: Sale[], options: { readonly ignores?: boolean } = {}) {
  const server = await httpServer(({ query }: SeenRequest, response) => {
    const from = options.ignores ? '' : (query.since ?? '').slice(0, 10);
    const offset = Number(query.offset ?? 0);
    json(response, rows.filter(({ day }) => day >= from).slice(offset, offset + 50));
  });
  return { ...server, rows, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const sourceOf = (url: string, more: object = {}) => ({
  ...{ type: 'http', url, pagination: { type: 'offset' }, since: { parameter: 'since' } },
  ...more,
});
const configOf = (url: string, more: object = {}): string =>
  stringify({
    ...{ name: 'sales', task: 'regression', target: 'y' },
    data: { source: sourceOf(url, more), key: 'id', time: 'day' },
    split: { test: '20%', validation: '20%' },
  });

/** What was asked for by its first page, each time. */
const askedSince = (requests: readonly SeenRequest[]): (string | undefined)[] =>
  requests.filter(({ query }) => (query.offset ?? '0') === '0').map(({ query }) => query.since);

describe('rows since the lock', () => {
  test('are all that is asked for, and make the table that all of them would', async () => {
    await using server = await salesServer(sales(0, 120));
    await using folder = await pipelineFolder(configOf(server.url));
    await using whole = await pipelineFolder(configOf(server.url, { since: undefined }));
    const ports = quietPorts();
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, ports));
    await writeLock(await planLock({ pipeline: await whole.pipeline() }, ports));
    server.rows.push(...sales(120, 150));
    server.requests.length = 0;
    const plan = await planLock({ pipeline: await folder.pipeline(), until: 'latest' }, ports);
    // The last day again, and what came after it: 32 of 150 rows.
    expect(askedSince(server.requests)).toEqual(['2026-03-01T00:00:00Z']);
    expect(ports.log.map(({ message }) => message)).toContain(
      'data.source: asked for rows since 2026-03-01T00:00:00Z: 32 came, of which 30 are new; the 120 before are those of the snapshot, even where they have changed since',
    );
    const full = await planLock({ pipeline: await whole.pipeline(), until: 'latest' }, ports);
    expect(plan.after.data.digest).toBe(full.after.data.digest);
    expect(plan.after.data.parts).toEqual(full.after.data.parts);
    expect(plan.source.parts.map(({ name, rows }) => [name, rows])).toEqual([
      ...full.source.parts.slice(0, 2).map(({ name, rows }) => [name, rows]),
      ['page 3', 20],
      ['page 1 since 2026-03-01T00:00:00Z', 30],
    ]);
    // The next one goes on from there, and the pinned rows are in its snapshot.
    await writeLock(plan);
    server.requests.length = 0;
    const { rows } = await prepare({ pipeline: await folder.pipeline() }, ports);
    expect(rows).toMatchObject({ train: expect.any(Number) });
    expect(server.requests).toEqual([]);
    await planLock({ pipeline: await folder.pipeline() }, ports);
    expect(askedSince(server.requests)).toEqual(['2026-03-16T00:00:00Z']);
  });

  test('that are none change nothing, and nothing is warned of', async () => {
    await using server = await salesServer(sales(0, 120));
    await using folder = await pipelineFolder(configOf(server.url));
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    server.rows.length = 0;
    const ports = quietPorts();
    const plan = await planLock({ pipeline: first, until: 'latest' }, ports);
    expect(plan.after).toEqual(first.lock);
    expect(warningsOf(ports.log)).toEqual([]);
  });

  test('that the API gives twice are there once; equal ones that came are there as often as they came', async () => {
    const twin = sale(119);
    await using server = await salesServer([...sales(0, 120)], { ignores: true });
    await using folder = await pipelineFolder(configOf(server.url));
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    server.rows.push(twin, sale(120));
    const source = await collect(first, quietPorts(), { fresh: true });
    expect(source.table.rows).toBe(122);
    expect(rowAt(source.table, 120)).toEqual(rowAt(source.table, 119));
    expect(rowAt(source.table, 121)).toMatchObject({ id: 120 });
  });

  test('of the last day, too, are late ones of the lock', async () => {
    await using server = await salesServer(sales(0, 120));
    await using folder = await pipelineFolder(configOf(server.url));
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    server.rows.push(sale(900, { day: dayOf(119) }));
    const source = await collect(first, quietPorts(), { fresh: true });
    expect(source.table.rows).toBe(121);
    expect(rowAt(source.table, 120)).toMatchObject({ id: 900 });
  });

  test('may be of another kind than those before: texts among numbers make a column of texts', async () => {
    await using server = await salesServer(sales(0, 120));
    await using folder = await pipelineFolder(configOf(server.url));
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    server.rows.push(sale(120, { x: 'many' }), sale(121, { x: null }));
    const { table } = await collect(first, quietPorts(), { fresh: true });
    expect(table.columns.get('x')!.type).toBe('category');
    expect([0, 120, 121].map((row) => rowAt(table, row).x)).toEqual(['0', 'many', null]);
  });

  test('after a window that ends earlier are asked for from there on', async () => {
    await using server = await salesServer(sales(0, 120));
    await using folder = await pipelineFolder(configOf(server.url));
    const pipeline = await folder.pipeline();
    const first = await writeLock(await planLock({ pipeline, until: '2026-02-10' }, quietPorts()));
    server.requests.length = 0;
    // A row that nobody has pinned may change.
    server.rows[100] = sale(100, { x: 7777 });
    const { table } = await collect(first, quietPorts(), { fresh: true });
    expect(askedSince(server.requests)).toEqual(['2026-02-10T00:00:00Z']);
    expect(table.rows).toBe(120);
    const changed = Array.from({ length: 120 }, (_, row) => rowAt(table, row)).filter(({ id }) => id === 100);
    expect(changed).toEqual([sale(100, { x: 7777 })].map((row) => expect.objectContaining({ x: row.x })));
  });

  test.each([
    ['date', '2026-03-01'],
    ['unix-seconds', '1772323200'],
    ['unix-milliseconds', '1772323200000'],
  ])('are asked for in the form %s', async (format, text) => {
    await using server = await salesServer(sales(0, 120), { ignores: true });
    await using folder = await pipelineFolder(
      configOf(server.url, { since: { parameter: 'since', format } }),
    );
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    server.requests.length = 0;
    await collect(first, quietPorts(), { fresh: true });
    expect(askedSince(server.requests)).toEqual([text]);
  });

  test('are asked for together with all others where the snapshot is not here', async () => {
    await using server = await salesServer(sales(0, 120));
    await using folder = await pipelineFolder(configOf(server.url));
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    await rm(path.join(folder.path, '.ciclo/snapshots'), { recursive: true });
    server.requests.length = 0;
    const ports = quietPorts();
    const { table } = await collect(first, ports, { fresh: true });
    expect(table.rows).toBe(120);
    expect(askedSince(server.requests)).toEqual([undefined]);
    expect(ports.log.map(({ message }) => message).join()).toContain('asking the source again');
  });

  test('of one of several sources are those since its own newest row', async () => {
    await using server = await salesServer(sales(0, 120));
    const config = stringify({
      ...{ name: 'sales', task: 'regression', target: 'y' },
      data: {
        sources: { sales: sourceOf(server.url), kinds: { type: 'file', path: 'kinds.csv', key: 'x' } },
        steps: [{ join: { with: 'kinds', on: 'x' } }],
        ...{ key: 'id', time: 'day' },
      },
      split: { test: '20%', validation: '20%' },
    });
    const kinds = `x,kind\n${Array.from({ length: 101 }, (_, x) => `${x},${x % 3}`).join('\n')}\n`;
    await using folder = await pipelineFolder(config, { 'kinds.csv': kinds });
    const first = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    server.rows.push(...sales(120, 130));
    server.requests.length = 0;
    const { table } = await collect(first, quietPorts(), { fresh: true });
    expect(askedSince(server.requests)).toEqual(['2026-03-01T00:00:00Z']);
    expect(table.rows).toBe(130);
    expect(rowAt(table, 129)).toMatchObject({ id: 129 });
  });
});

describe('since, where it can mean nothing', () => {
  test.each([
    [
      { data: { source: sourceOf('http://127.0.0.1:9/') } },
      'data.source.since: rows since when? There is no time; name its column in data.time',
    ],
    [
      {
        data: {
          source: sourceOf('http://127.0.0.1:9/', { since: { parameter: 'offset' } }),
          time: 'day',
        },
      },
      'data.source.since.parameter: "offset" is the parameter of data.source.pagination, too',
    ],
    [
      {
        data: { source: { type: 'file', path: 'a.csv' }, time: 'day' },
        monitor: { source: sourceOf('http://127.0.0.1:9/') },
      },
      'monitor.source.since: no lock has the rows before',
    ],
  ])('is refused', async (sections, words) => {
    await using folder = await pipelineFolder(
      stringify({ name: 'sales', task: 'regression', target: 'y', ...sections }),
    );
    expect(await refusalOf(folder.pipeline())).toContain(words);
  });
});
