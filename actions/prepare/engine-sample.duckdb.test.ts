import { readFile } from 'node:fs/promises';
import { describe, expect, inject, test } from 'vitest';
import { passingConfig } from '../deploy/testing/houses-production.ts';
import { housesConfig, housesCsv } from '../testing/houses.ts';
import { type PipelineFolder, pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const ports = () => ({ ...quietPorts(), packageFolders: [inject('duckdb')] });
const query = "SELECT * FROM 'data/*.csv'";
const configured = (data: object) =>
  housesConfig({ data: { source: { type: 'duckdb', query }, key: 'id', ...data } });

const csv = housesCsv(3000);
const [head, ...rows] = csv.trimEnd().split('\n');
const between = (first: number, last: number) =>
  [
    head,
    ...rows.filter((row) => {
      const year = Number(row.split(',')[1]);
      return year >= first && year <= last;
    }),
    '',
  ].join('\n');

const locked = async (folder: PipelineFolder, until?: string) => {
  const plan = await planLock(
    { pipeline: await folder.pipeline(), ...(until === undefined ? {} : { until }) },
    ports(),
  );
  return { plan, ...(await writeLock(plan)) };
};
const made = async (folder: PipelineFolder) => prepare({ pipeline: await folder.pipeline() }, ports());

describe('a sample that DuckDB draws for a lock', () => {
  test('has all rows that look alike, or none, where no key tells them apart: that is said', async () => {
    const cells = Array.from({ length: 3000 }, (_, i) =>
      [i % 6, i % 25, Math.floor(i / 150) % 2 === 0 ? 'gone' : 'kept'].join(),
    );
    const config = housesConfig({
      ...{ task: 'binary', target: 'sold', positive: 'gone', prepare: { exclude: [] } },
      data: { source: { type: 'duckdb', query }, sample: 600 },
    });
    await using folder = await pipelineFolder(config, {
      'data/a.csv': ['rooms,size,sold', ...cells, ''].join('\n'),
    });
    await locked(folder);
    const { remarks } = (await made(folder)).quality;
    expect(remarks?.find(({ kind }) => kind === 'sample')?.message).toMatch(
      /^rows that look alike were drawn together: the sample has \d+ rows, and only \d+ different ones\. .* name a data\.key/,
    );
  });

  test('is pinned by its rows and how they were drawn, and comes again without the snapshot', async () => {
    await using folder = await pipelineFolder(configured({ sample: 500 }), { 'data/a.csv': csv });
    const { lock } = await locked(folder);
    expect(lock.data).toMatchObject({
      ...{ rows: 500, sample: { rows: 500, of: 3000, strata: [{ of: 3000 }] } },
      engine: { rows: 500 },
    });
    const first = await made(folder);
    expect(first.quality.rows).toMatchObject({
      read: 500,
      sampled: { of: 3000, unit: 'key', columns: ['id'] },
    });
    const lockText = await readFile(folder.lockFile, 'utf8');
    await using elsewhere = await pipelineFolder(configured({ sample: 500 }), {
      'data/a.csv': [head, ...rows.toReversed(), ''].join('\n'),
      'ciclo.lock': lockText,
    });
    expect((await made(elsewhere)).digest).toBe(first.digest);
  });

  test('goes as far as the lock, so that later rows change nothing', async () => {
    const data = { time: 'year', sample: 500 };
    await using folder = await pipelineFolder(configured(data), { 'data/a.csv': between(1990, 2004) });
    const { lock } = await locked(folder);
    expect(lock.data.window).toMatchObject({ column: 'year', until: '2004' });
    const before = await made(folder);
    await using grown = await pipelineFolder(configured(data), {
      ...{ 'data/a.csv': between(1990, 2004), 'data/b.csv': between(2005, 2009) },
      'ciclo.lock': await readFile(folder.lockFile, 'utf8'),
    });
    expect((await made(grown)).digest).toBe(before.digest);
    const half = await locked(grown, '2004');
    expect(half.lock.data).toMatchObject({ digest: lock.data.digest, sample: lock.data.sample });
    const all = await locked(grown, 'latest');
    expect(all.lock.data).toMatchObject({ rows: 500, window: { until: '2009' }, sample: { of: 3000 } });
  });

  test('ends at the newest of all rows, whether or not it is among them', async () => {
    const data = { time: 'year', sample: 100 };
    const late = `${between(1990, 2000)}99999,2001,70,north,350.0,no\n`;
    await using folder = await pipelineFolder(configured(data), { 'data/a.csv': late });
    const { lock } = await locked(folder);
    expect(lock.data.window?.until).toBe('2001');
  });

  test('says of the sample what DuckDB says of changed rows', async () => {
    await using folder = await pipelineFolder(configured({ sample: 500 }), { 'data/a.csv': csv });
    const { lock } = await locked(folder);
    await using elsewhere = await pipelineFolder(configured({ sample: 500 }), {
      'data/a.csv': csv.replaceAll(',north,', ',northern,'),
      'ciclo.lock': await readFile(folder.lockFile, 'utf8'),
    });
    const told = await refusalOf(made(elsewhere));
    expect(told).toContain('  query: changed, still 500 rows');
    expect(told).toContain(`  ${lock.data.engine!.name}: still 500 rows, and other content`);
  });

  test('has the share of each class, and says which column is not there', async () => {
    const binary = { task: 'binary', target: 'dear', positive: 'true', prepare: { exclude: ['price'] } };
    const data = { source: { type: 'duckdb', query }, key: 'id', sample: 400 };
    await using folder = await pipelineFolder(housesConfig({ ...binary, data }), { 'data/a.csv': csv });
    const { lock } = await locked(folder);
    const { strata, by } = lock.data.sample!;
    expect(by).toBe('dear');
    // DuckDB reads yes and no of CSV as truths.
    expect(strata.map(({ value }) => value)).toEqual(['false', 'true']);
    expect(strata.reduce((sum, { of }) => sum + of, 0)).toBe(3000);
    await folder.write(
      'ciclo.yml',
      housesConfig({ ...binary, data: { ...data, sample: { rows: 400, by: 'distrikt' } } }),
    );
    expect(await refusalOf(locked(folder))).toContain('data.sample.by: the data has no column "distrikt"');
  });
});

test('a check for drift looks at all rows that came after the lock, not at a sample of them', async () => {
  const { driftCheck } = await import('../drift-check/drift-check.ts');
  const data = { source: { type: 'duckdb', query }, key: 'id', time: 'year', sample: 500 };
  await using folder = await pipelineFolder(passingConfig({ data }), { 'data/a.csv': between(1990, 2004) });
  await locked(folder);
  await folder.write('data/b.csv', between(2005, 2009));
  for (const monitor of [{}, { monitor: { 'read-at-most': 100 } }]) {
    await folder.write('ciclo.yml', passingConfig({ data, ...monitor }));
    const { report } = await driftCheck(
      { pipeline: await folder.pipeline() },
      { ...ports(), forge: undefined },
    );
    expect(report.rows.current).toBe(750);
    // The training rows of the sample.
    expect(report.rows.reference).toBeGreaterThan(250);
    expect(report.rows.reference).toBeLessThan(350);
    expect(report.drift).toBe(false);
  }
});
