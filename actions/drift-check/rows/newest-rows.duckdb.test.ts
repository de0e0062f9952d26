import { expect, inject, test } from 'vitest';
import { passingConfig } from '../../deploy/testing/houses-production.ts';
import { quietPorts } from '../../testing/pipeline-folder.ts';
import { arrive, monitoredHouses } from '../testing/houses-monitored.ts';
import { openLargeSource } from './large-source.ts';
import { sidesOfCheck } from './sides.ts';

test('rows of an engine that are read are the same, in whatever order it has them and however many share a time', async () => {
  await using houses = await monitoredHouses();
  const { folder, forge } = houses;
  // 2,500 rows a year: the newest 2,048 are some of those of the last.
  await arrive(folder, { years: [2010, 2011], rows: 5000 });
  const read = async (order: string) => {
    const source = { type: 'duckdb', query: `SELECT * FROM 'data/*.csv' ORDER BY ${order}` };
    const monitor = { source, 'read-at-most': 10 };
    const data = { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' };
    await folder.write('ciclo.yml', passingConfig({ data, monitor }));
    const ports = { ...quietPorts(), packageFolders: [inject('duckdb')], forge };
    const pipeline = await folder.pipeline();
    const large = (await openLargeSource(pipeline, ports))!;
    await using _engine = large.engine;
    const { current } = await sidesOfCheck(pipeline, [], large, ports);
    return { drawn: current!.table, newest: current!.counted!.newest };
  };
  const forwards = await read('id');
  expect(forwards.newest.rows).toBe(2048);
  expect(forwards.drawn.rows).toBe(4000);
  expect(await read('id DESC')).toEqual(forwards);
});
