import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { heldOut, readDataset, readDatasetParts } from '../../shared/artifacts/folders/dataset-folder.ts';
import { parseLock } from '../../shared/config/lock/lock-file.ts';
import { rowAt } from '../../shared/dataset/table/table.ts';
import { httpServer, json } from '../../shared/source/testing/http-server.ts';
import { pipelineFolder, quietPorts, refusalOf, warningsOf } from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const houses = `task: regression
target: price
data:
  source: { type: file, path: data/*.csv }
  key: id
  time: year
`;
const heldOutHouses = `${houses}split: { test: 20% }\n`;

/** Twenty houses of a year; `price` is not a function of any one column. */
function year(of: number, count = 20): string {
  const rows = Array.from(
    { length: count },
    (_, i) => `${of * 100 + i},${of},${(i * 7) % 11},${((i * 7) % 11) * 3 + ((i * 5) % 13) + of}`,
  );
  return `id,year,size,price\n${rows.join('\n')}\n`;
}

const threeYears = {
  'data/1970.csv': year(1970),
  'data/1971.csv': year(1971),
  'data/1972.csv': year(1972),
};

describe('prepare', () => {
  test.each([
    ['test rows', heldOutHouses, { seed: 1 }],
    ['folds', houses, { seed: 1, folds: 5 }],
  ])(
    'writes the dataset and, where there is none, the lock; the next run keeps to it: %s',
    async (_, config, split) => {
      await using folder = await pipelineFolder(config, threeYears);
      const first = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
      expect(first.lock).toEqual({ file: folder.lockFile, status: 'written' });
      const { train, validation, test: unseen, folds } = first.rows;
      expect(folds ? folds.reduce((sum, fold) => sum + fold, 0) : train + validation + unseen).toBe(60);
      const lock = parseLock(await readFile(folder.lockFile, 'utf8'), folder.lockFile);
      expect(lock).toMatchObject({
        key: ['id'],
        data: {
          rows: 60,
          window: { column: 'year', until: '1972' },
          parts: [{ name: '1970' }, { name: '1971' }, { name: '1972' }],
        },
        types: { id: 'number', year: 'number', size: 'number', price: 'number' },
      });
      expect(lock.split).toEqual(split);

      const second = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
      expect(second).toMatchObject({
        lock: { status: 'used' },
        digest: first.digest,
        fingerprint: first.fingerprint,
      });
      expect((await readdir(folder.path)).sort()).toEqual(['.ciclo', 'ciclo.lock', 'ciclo.yml', 'data']);
    },
  );

  test('gives the same bytes in another folder', async () => {
    await using one = await pipelineFolder(houses, threeYears);
    await using other = await pipelineFolder(`name: other\n${houses}`, threeYears);
    const [first, second] = [
      await prepare({ pipeline: await one.pipeline() }, quietPorts()),
      await prepare(
        { pipeline: await other.pipeline(), output: path.join(other.path, 'else where') },
        quietPorts(),
      ),
    ];
    expect(second.digest).toBe(first.digest);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(second.folder).toBe(path.join(other.path, 'else where', 'dataset'));
  });

  test('warns in CI that a lock which is not committed pins nothing', async () => {
    for (const [environment, warnings] of [
      [{ CI: 'true' }, 1],
      [{ CI: 'false' }, 0],
      [{}, 0],
    ] as const) {
      await using folder = await pipelineFolder(houses, threeYears);
      const ports = quietPorts(environment);
      await prepare({ pipeline: await folder.pipeline() }, ports);
      expect(warningsOf(ports.log)).toEqual(
        Array(warnings).fill(
          'there was no ciclo.lock: all rows were read, and a lock was written that only this run has; run ciclo lock where you work and commit it, or the next run may read other rows',
        ),
      );
      await prepare({ pipeline: await folder.pipeline() }, ports);
      expect(warningsOf(ports.log)).toHaveLength(warnings);
    }
  });

  test('reads what the lock pins, whatever comes after it: the bytes stay', async () => {
    await using folder = await pipelineFolder(houses, threeYears);
    const before = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await folder.write('data/1973.csv', year(1973, 7));
    await folder.write('data/zz-late.csv', 'id,year,size,price\n9,1971,3,2000\n10,1970,3,2000\n');
    const ports = quietPorts();
    const after = await prepare({ pipeline: await folder.pipeline() }, ports);
    expect(after.leftOut).toEqual({ afterWindow: 7, late: 2 });
    expect(after.digest).toBe(before.digest);
    expect(after.fingerprint).toBe(before.fingerprint);
    expect(warningsOf(ports.log)).toEqual([
      "2 rows inside the lock's window arrived after it was written (1970: 1, 1971: 1) and are left out: ciclo lock takes them in",
    ]);
  });

  test('says which part of the pinned data changed, and how', async () => {
    await using folder = await pipelineFolder(houses, threeYears);
    await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await folder.write('data/1970.csv', year(1970).replace(',1970,0,', ',1970,1,'));
    await folder.write('data/1971.csv', year(1971, 18));
    await folder.write('data/1972.csv', 'id,year,size,price\n');
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the data is not what ciclo.lock pins:
  1970 (data/1970.csv): changed, still 20 rows
  1971 (data/1971.csv): changed, 20 rows before, 18 now
  1972: gone, 20 rows before
restore it, or accept the change with ciclo lock`,
    );
  });

  test('says which file changed where there is no event time', async () => {
    await using folder = await pipelineFolder(houses.replace('  time: year\n', ''), threeYears);
    await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await folder.write('data/1971.csv', year(1971, 21));
    await folder.write('data/1973.csv', year(1973));
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the data is not what ciclo.lock pins:
  data/1971.csv: changed, 20 rows before, 21 now
  data/1973.csv: new, 20 rows
restore it, or accept the change with ciclo lock`,
    );
  });

  test('keeps the test rows that a filter dropped apart, for the comparison with a champion', async () => {
    await using folder = await pipelineFolder(heldOutHouses, threeYears);
    const whole = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const without = heldOut(await readDataset(whole.folder, ['test', 'filtered']), 'this test');
    expect(without.splits.filtered.table.rows).toBe(0);
    const before = without.splits.test;

    await writeFile(folder.config, `${heldOutHouses}features:\n  size: { range: [0, 5], invalid: drop }\n`);
    const filtered = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const { splits } = heldOut(await readDataset(filtered.folder, ['test', 'filtered']), 'this test');
    expect(splits.filtered.table.rows).toBeGreaterThan(0);
    expect([...splits.test.ids, ...splits.filtered.ids].sort()).toEqual([...before.ids].sort());
    // They have no value where the filter refused it: a model is asked for a prediction all the same.
    expect(rowAt(splits.filtered.table, 0).size).toBeNull();
  });

  test('a dataset that fails a check is written, and says so', async () => {
    await using folder = await pipelineFolder(
      `${houses}prepare: { checks: { min-rows: 1000 } }\n`,
      threeYears,
    );
    const { quality, folder: written } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect(quality.status).toBe('fail');
    expect((await readDatasetParts(written)).quality).toEqual(quality);
  });

  test('that cannot succeed leaves neither a lock nor a dataset', async () => {
    await using folder = await pipelineFolder(houses.replace('price', 'cost'), threeYears);
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      'target: the data has no column "cost"\nthe columns are: id, year, size, price',
    );
    expect((await readdir(folder.path)).sort()).toEqual(['ciclo.yml', 'data']);
  });

  test('a lock cut short is refused, and left as it is', async () => {
    await using folder = await pipelineFolder(houses, threeYears);
    await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const half = (await readFile(folder.lockFile, 'utf8')).slice(0, 200);
    await writeFile(folder.lockFile, half);
    expect(await refusalOf(folder.pipeline())).toMatch(
      /^.*ciclo\.lock:\d+:\d+: this is not JSON(?:.|\n)*\nciclo\.lock is written by `ciclo lock`; run it to write the file again$/,
    );
    expect(await readFile(folder.lockFile, 'utf8')).toBe(half);
  });
});

describe('a source outside git', () => {
  const api = (url: string): string => `task: regression
target: y
data:
  source: { type: http, url: "${url}", retries: 0 }
  key: id
`;
  const answer = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: i, x: (i * 7) % 11, y: ((i * 7) % 11) + ((i * 5) % 13) }));

  test('is asked once: its answer is kept, and read from then on, even when nobody answers any more', async () => {
    const server = await httpServer((_, response) => json(response, answer(60)));
    await using folder = await pipelineFolder(api(server.url));
    const first = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const { data } = parseLock(await readFile(folder.lockFile, 'utf8'), folder.lockFile);
    const hex = data.snapshot!.replace('sha256:', '');
    expect((await readdir(path.join(folder.path, '.ciclo/snapshots'))).sort()).toEqual([
      `${hex}.arrow`,
      `${hex}.json`,
    ]);
    await server[Symbol.asyncDispose]();
    const second = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect(server.requests).toHaveLength(1);
    expect(second).toMatchObject({ digest: first.digest, lock: { status: 'used' } });
  });

  test('is asked again where the snapshot is not, and must answer the same', async () => {
    let rows = 60;
    await using server = await httpServer((_, response) => json(response, answer(rows)));
    await using folder = await pipelineFolder(`${api(server.url)}  snapshot: kept\n`);
    const first = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await writeFile(folder.config, `${api(server.url)}  snapshot: else-where\n`);
    const ports = quietPorts();
    expect((await prepare({ pipeline: await folder.pipeline() }, ports)).digest).toBe(first.digest);
    expect(server.requests).toHaveLength(2);
    expect(ports.log.find(({ level }) => level === 'info')?.message).toMatch(
      /^No snapshot sha256:[0-9a-f]{64} in else-where: asking the source again$/,
    );
    rows = 61;
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the data is not what ciclo.lock pins:
  page 1: changed, 60 rows before, 61 now
restore it, or accept the change with ciclo lock`,
    );
  });

  test('ciclo lock asks it again, shows what a new lock pins, and writes nothing before that is confirmed', async () => {
    let rows = 60;
    await using server = await httpServer((_, response) => json(response, answer(rows)));
    await using folder = await pipelineFolder(api(server.url));
    await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect((await planLock({ pipeline: await folder.pipeline() }, quietPorts())).changes).toEqual([]);
    rows = 61;
    const plan = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(plan.changes).toEqual([
      'rows: 60 rows → 61 rows (+1)',
      'page 1: content changed, 60 rows → 61 rows (+1)',
      `snapshot: ${plan.before!.data.snapshot} → ${plan.after.data.snapshot}`,
    ]);
    const snapshot = path.join(
      folder.path,
      '.ciclo/snapshots',
      `${plan.after.data.snapshot!.replace('sha256:', '')}.arrow`,
    );
    expect(existsSync(snapshot)).toBe(false);
    expect((await writeLock(plan)).lock).toEqual(plan.after);
    expect(existsSync(snapshot)).toBe(true);
    expect((await prepare({ pipeline: await folder.pipeline() }, quietPorts())).lock.status).toBe('used');
    expect(server.requests).toHaveLength(3);
  });
});
