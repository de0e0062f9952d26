import { expect, inject, test } from 'vitest';
import { passingConfig } from '../../deploy/testing/houses-production.ts';
import { quietPorts } from '../../testing/pipeline-folder.ts';
import { arrive, monitoredHouses } from '../testing/houses-monitored.ts';
import { openLargeSource } from './large-source.ts';
import { sidesOfCheck } from './sides.ts';

const data = { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' };

/** What a check reads of the rows of a query, and in how many statements. */
async function read({ folder, forge }: Awaited<ReturnType<typeof monitoredHouses>>, query: string) {
  const monitor = { source: { type: 'duckdb', query }, 'read-at-most': 10 };
  await folder.write('ciclo.yml', passingConfig({ data, monitor }));
  const ports = { ...quietPorts(), packageFolders: [inject('duckdb')], forge };
  const pipeline = await folder.pipeline();
  const large = (await openLargeSource(pipeline, ports))!;
  await using _engine = large.engine;
  const { current } = await sidesOfCheck(pipeline, [], large, ports);
  return { drawn: current!.table, newest: current!.counted!.newest };
}

test('rows of an engine that are read are the same, in whatever order it has them and whoever shares a time', async () => {
  await using houses = await monitoredHouses();
  await arrive(houses.folder, { years: [2010, 2010], rows: 5000 });
  // The newest 1,999 have a time of their own; of the others, which share one, 49 are read.
  const times = "greatest(2011.03, 2011 + CAST(split_part(id, '-', 3) AS INTEGER) / 1e5) AS year";
  // A query's order is dropped where no limit needs it.
  const ordered = (order: string) =>
    `SELECT * REPLACE (${times}) FROM 'data/houses-2010.csv' ORDER BY ${order} LIMIT 10000`;
  const forwards = await read(houses, ordered('id'));
  expect([forwards.drawn.rows, forwards.newest.rows]).toEqual([4000, 2048]);
  expect([...forwards.newest.columns.keys()].sort()).toEqual([...forwards.drawn.columns.keys()].sort());
  expect(await read(houses, ordered('id DESC'))).toEqual(forwards);
});

test('where times are too coarse to tell an order, nothing but the newest times is read', async () => {
  await using houses = await monitoredHouses();
  await arrive(houses.folder, { years: [2010, 2011], rows: 5000 });
  const { newest } = await read(houses, "SELECT * FROM 'data/*.csv'");
  expect([newest.rows, [...newest.columns.keys()]]).toEqual([2048, ['year']]);
});
