import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tableFromArrow } from '../../shared/dataset/arrow/arrow.ts';
import { sampleWords } from '../../shared/dataset/quality/sample-report.ts';
import { columnOf, type Table, valueAt } from '../../shared/dataset/table/table.ts';
import { housesConfig, housesCsv, type Sections } from '../testing/houses.ts';
import {
  type PipelineFolder,
  pipelineFolder,
  quietPorts,
  refusalOf,
  warningsOf,
} from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const files = { source: { type: 'file', path: 'data/*.csv' }, key: 'id' };
const dear = { task: 'binary', target: 'dear', positive: 'yes', prepare: { exclude: ['price'] } };
const configured = (data: object, sections: Sections = {}) =>
  housesConfig({ ...dear, data: { ...files, ...data }, ...sections });

async function prepared(folder: PipelineFolder) {
  const ports = quietPorts();
  const outputs = await prepare({ pipeline: await folder.pipeline() }, ports);
  const sides = await Promise.all(
    ['train', 'validation', 'test'].map(async (side) => {
      const file = path.join(outputs.folder, `${side}.arrow`);
      return tableFromArrow(await readFile(file), file).table;
    }),
  );
  const values = (name: string) => sides.flatMap((side) => valuesOf(side, name));
  return { ...outputs, values, ids: values('id') as number[], warnings: warningsOf(ports.log) };
}

function valuesOf(table: Table, name: string) {
  const column = columnOf(table, name);
  return Array.from({ length: table.rows }, (_, row) => valueAt(column, row));
}

const csv = housesCsv(3000);
const dearIds = csv
  .split('\n')
  .filter((line) => line.endsWith(',yes'))
  .map((line) => Number(line.split(',')[0]));

describe('a sample of rows that are read', () => {
  test('keeps the share of the classes, is pinned, and is told', async () => {
    await using folder = await pipelineFolder(configured({ sample: 600 }), { 'data/a.csv': csv });
    const { lock } = await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    expect(lock.data).toMatchObject({
      rows: 3000,
      sample: {
        ...{ rows: 600, of: 3000, by: 'dear' },
        strata: [
          { value: 'no', of: 3000 - dearIds.length },
          { value: 'yes', of: dearIds.length },
        ],
      },
    });
    const { ids, quality, values, digest } = await prepared(folder);
    expect(ids).toHaveLength(600);
    expect(new Set(ids).size).toBe(600);
    const yes = values('dear').filter((value) => value === 'yes').length;
    expect(Math.abs(yes - (dearIds.length * 600) / 3000)).toBeLessThanOrEqual(1);
    expect(quality.rows).toMatchObject({
      ...{ read: 600, kept: 600 },
      sampled: { of: 3000, unit: 'key', columns: ['id'], by: 'dear' },
    });
    expect(sampleWords(quality.rows)).toBe('600 of 3,000 rows (by a hash of id, each dear in its share)');
    expect((await prepared(folder)).digest).toBe(digest);
  });

  test('is that of all rows where they are no more, byte by byte', async () => {
    await using all = await pipelineFolder(configured({}), { 'data/a.csv': csv });
    await using sampled = await pipelineFolder(configured({ sample: 3000 }), { 'data/a.csv': csv });
    const [one, other] = [await prepared(all), await prepared(sampled)];
    expect(other.digest).toBe(one.digest);
    expect(other.quality.rows.sampled).toBeUndefined();
  });

  test('holds the rows of a smaller one, on the same sides of the split', async () => {
    const sidesOf = async (sample: number | undefined) => {
      const data = sample === undefined ? {} : { sample };
      await using folder = await pipelineFolder(configured(data), { 'data/a.csv': csv });
      const { folder: made } = await prepared(folder);
      const sides = new Map<number, string>();
      for (const side of ['train', 'validation', 'test']) {
        const file = path.join(made, `${side}.arrow`);
        for (const id of valuesOf(tableFromArrow(await readFile(file), file).table, 'id'))
          sides.set(Number(id), side);
      }
      return sides;
    };
    const [all, many, few] = [await sidesOf(undefined), await sidesOf(900), await sidesOf(300)];
    for (const [id, side] of few) expect(many.get(id)).toBe(side);
    for (const [id, side] of many) expect(all.get(id)).toBe(side);
    expect([all.size, many.size, few.size]).toEqual([3000, 900, 300]);
  });

  test('stays what it is while rows come after the lock, and moves with it', async () => {
    const [head, ...rows] = csv.trimEnd().split('\n');
    const upTo = (year: number) =>
      [head, ...rows.filter((row) => Number(row.split(',')[1]) <= year), ''].join('\n');
    const config = configured({ time: 'year', sample: { rows: 300, by: 'district' } });
    await using folder = await pipelineFolder(config, { 'data/a.csv': upTo(2004) });
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    const before = await prepared(folder);
    await folder.write('data/a.csv', csv);
    const same = await prepared(folder);
    expect(same.digest).toBe(before.digest);
    expect(same.leftOut.afterWindow).toBe(750);
    const plan = await planLock({ pipeline: await folder.pipeline(), until: 'latest' }, quietPorts());
    expect(plan.changes).toEqual(
      expect.arrayContaining([
        'rows: 2,250 rows → 3,000 rows (+750)',
        'sample: 300 of 2,250, each district in its share → 300 of 3,000, each district in its share',
      ]),
    );
    await writeLock(plan);
    const after = await prepared(folder);
    const old = after.ids.filter((id) => 1990 + (id % 20) <= 2004);
    const stayed = old.filter((id) => before.ids.includes(id));
    expect(after.ids).toHaveLength(300);
    // A threshold falls with the share, but for the noise of the hashes.
    expect(old.length - stayed.length).toBeLessThanOrEqual(old.length / 20);
  });

  test('takes groups whole', async () => {
    await using folder = await pipelineFolder(
      configured({ group: 'year', sample: 900 }, { split: { folds: 'off' } }),
      {
        'data/a.csv': csv,
      },
    );
    const { values, quality } = await prepared(folder);
    const years = new Map<unknown, number>();
    for (const year of values('year')) years.set(year, (years.get(year) ?? 0) + 1);
    expect([...years.values()]).toEqual(Array.from({ length: 6 }, () => 150));
    expect(quality.rows.sampled).toEqual({ of: 3000, unit: 'group', columns: ['year'] });
  });

  test('refuses what the lock does not pin, and columns that are not there', async () => {
    await using folder = await pipelineFolder(configured({ sample: 600 }), { 'data/a.csv': csv });
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    await folder.write('ciclo.yml', configured({ sample: 700 }));
    expect(await refusalOf(prepared(folder))).toBe(
      'ciclo.lock pins a sample of 600 rows by dear, and ciclo.yml asks for a sample of 700 rows by dear (data.sample): put it back, or accept the change with ciclo lock',
    );
    await folder.write('ciclo.yml', configured({}));
    expect(await refusalOf(prepared(folder))).toContain('and ciclo.yml asks for all rows (data.sample)');
    await folder.write('ciclo.yml', configured({ sample: { rows: 700, by: 'distrikt' } }));
    expect(await refusalOf(prepared(folder))).toContain(
      'data.sample.by: the data has no column "distrikt"; did you mean district?',
    );
    const named = configured({ group: 'year', sample: { rows: 700, by: 'dear' } });
    await folder.write('ciclo.yml', named);
    expect(await refusalOf(folder.pipeline())).toContain(
      'data.sample.by: "dear": groups of data.group ("year") are drawn whole, and may have several values of it; leave by out',
    );
  });

  test('tells classes of which it has hardly any rows', async () => {
    const rare = csv.replace(/^(100[0-7]),(.*),(yes|no)$/gm, '$1,$2,castle');
    const config = configured(
      { sample: 1000 },
      {
        ...{ task: 'multiclass', target: 'dear', positive: undefined },
        features: { dear: { values: ['yes', 'no', 'castle'] } },
      },
    );
    await using folder = await pipelineFolder(config, { 'data/a.csv': rare });
    const { quality, warnings } = await prepared(folder);
    const message =
      '1 value of dear has fewer than 50 rows in the sample: castle (about 2 of 8). Shares are those of all rows, so that measures mean these; data.sample: 3000 would bring more';
    expect(quality.remarks).toContainEqual({ column: 'dear', kind: 'sample', message });
    expect(warnings).toContain(message);
  });
});
