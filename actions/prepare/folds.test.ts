import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { readDataset } from '../../shared/artifacts/folders/dataset-folder.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { onlyTrains } from '../../shared/dataset/split/fold-plan.ts';
import { columnOf, valueAt } from '../../shared/dataset/table/table.ts';
import {
  type PipelineFolder,
  pipelineFolder,
  quietPorts,
  refusalOf,
  warningsOf,
} from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';
import { readPrepared } from './prepared-dataset.ts';

const vega = (name: string): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve(`vega-datasets/data/${name}`), 'utf8');

/** `rows` rows with a group of ten rows each, a month of which there are twelve, and a class. */
function table(rows: number, label: (i: number) => string = (i) => 'ab'[i % 2]!): string {
  const lines = Array.from(
    { length: rows },
    (_, i) =>
      `${i},${Math.floor(i / 10)},${i % 12},${(i * 7) % 11},${((i * 7) % 11) + ((i * 5) % 13)},${label(i)}`,
  );
  return `id,who,month,x,y,label\n${lines.join('\n')}\n`;
}
const config = (split: string, { task = 'regression', target = 'y', data = '' } = {}): string =>
  `task: ${task}\ntarget: ${target}\ndata: { source: { type: file, path: rows.csv }, key: id${data} }\nsplit: ${split}\n`;

const prepared = async (folder: PipelineFolder) => {
  const ports = quietPorts();
  return { ...(await prepare({ pipeline: await folder.pipeline() }, ports)), log: ports.log };
};
const folded = async (folder: string) => {
  const dataset = await readDataset(folder, []);
  if (dataset.kind !== 'folds') throw new Error('the dataset is not in folds');
  return dataset;
};
const lockOf = async (folder: PipelineFolder): Promise<Lock> =>
  JSON.parse(await readFile(folder.lockFile, 'utf8'));
const relock = async (folder: PipelineFolder, folds?: number | 'off') =>
  writeLock(
    await planLock(
      { pipeline: await folder.pipeline(), ...(folds === undefined ? {} : { folds }) },
      quietPorts(),
    ),
  );

describe('a dataset in folds', () => {
  test('holds all kept rows in one table, each with its fold', async () => {
    await using folder = await pipelineFolder(config('{ folds: 5 }'), { 'rows.csv': table(300) });
    const made = await prepared(folder);
    const { rows, filtered, count, manifest, quality } = await folded(made.folder);
    expect(Object.keys(manifest.files).sort()).toEqual([
      'filtered.arrow',
      'profile.json',
      'quality.json',
      'recipe.json',
      'rows.arrow',
      'schema.json',
    ]);
    expect([count, rows.table.rows, rows.ids.length, filtered.table.rows]).toEqual([5, 300, 300, 0]);
    expect(manifest.split).toMatchObject({ by: 'hash', test: 0, validation: 0, folds: { count: 5 } });
    expect(new Set(rows.folds)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(quality.rows).toMatchObject({ kept: 300, train: 300, validation: 0, test: 300 });
    expect(quality.rows.folds!.reduce((sum, n) => sum + n)).toBe(300);
    expect((await lockOf(folder)).split).toEqual({ seed: 1, folds: 5 });
  });

  test('fits recipe and profile on all rows', async () => {
    await using folder = await pipelineFolder(config('{ folds: 5 }'), { 'rows.csv': table(330) });
    const { recipe, profile } = await folded((await prepared(folder)).folder);
    expect(profile.rows).toBe(330);
    // x runs evenly through 0 to 10: mean 5.
    expect(JSON.stringify(recipe)).toMatch(/"mean":5[,}]|"center":5[,}]/);
  });

  test('a row keeps its fold as rows come, and a filter moves none', async () => {
    const foldsById = async (folder: PipelineFolder) => {
      const { rows, filtered } = await folded((await prepared(folder)).folder);
      return new Map(
        [rows, filtered].flatMap(({ ids, folds }) => [...ids].map((id, i) => [id, folds[i]] as const)),
      );
    };
    await using folder = await pipelineFolder(config('{ folds: 5 }'), { 'rows.csv': table(200) });
    const before = await foldsById(folder);
    await folder.write(
      'ciclo.yml',
      `${config('{ folds: 5 }')}features: { x: { range: [0, 6], invalid: drop } }\n`,
    );
    expect(await foldsById(folder)).toEqual(before);
    await folder.write('rows.csv', table(260));
    await relock(folder);
    const after = await foldsById(folder);
    expect(after.size).toBe(260);
    for (const [id, fold] of before) expect(after.get(id)).toBe(fold);
  });

  test('keeps the rows of a group in one fold', async () => {
    await using folder = await pipelineFolder(config('{ folds: 4 }', { data: ', group: who' }), {
      'rows.csv': table(300),
    });
    const { rows } = await folded((await prepared(folder)).folder);
    const places = new Map<unknown, Set<number>>();
    const who = columnOf(rows.table, 'who');
    for (const [row, fold] of rows.folds.entries()) {
      const value = valueAt(who, row);
      places.set(value, (places.get(value) ?? new Set()).add(fold));
    }
    expect(places.size).toBe(30);
    expect([...places.values()].every(({ size }) => size === 1)).toBe(true);
  });

  test('by time, the older half only trains, and equal times are together', async () => {
    await using folder = await pipelineFolder(config('{ folds: 3, by: time }', { data: ', time: month' }), {
      'rows.csv': table(240),
    });
    const { rows, manifest, quality } = await folded((await prepared(folder)).folder);
    const month = columnOf(rows.table, 'month');
    const foldOf = new Map([...rows.folds].map((fold, row) => [valueAt(month, row), fold]));
    const older = [0, 1, 2, 3, 4, 5].map((at) => [at, onlyTrains] as const);
    expect(foldOf).toEqual(new Map([...older, [6, 0], [7, 0], [8, 1], [9, 1], [10, 2], [11, 2]]));
    expect(manifest.split).toMatchObject({
      by: 'time',
      time: 'month',
      folds: { count: 3, edges: [5, 7, 9] },
    });
    expect(quality.rows).toMatchObject({ train: 240, test: 120, folds: [40, 40, 40] });
  });

  test('gives other bytes and another fingerprint than other folds, and the same when made again', async () => {
    await using folder = await pipelineFolder(config('{ folds: auto }'), { 'rows.csv': table(300) });
    const five = await prepared(folder);
    const again = await prepared(folder);
    expect([again.digest, again.fingerprint]).toEqual([five.digest, five.fingerprint]);
    await relock(folder, 4);
    const stale = readPrepared(await folder.pipeline(), `${folder.path}/.ciclo`, []);
    expect(await refusalOf(stale)).toMatch(
      /has 5 folds, and ciclo\.lock now 4 folds: run ciclo prepare again$/,
    );
    const four = await prepared(folder);
    expect(four.fingerprint).not.toBe(five.fingerprint);
    expect(four.digest).not.toBe(five.digest);
  });

  test.each([
    ['regression', 'Horsepower', 'cars.json'],
    ['binary', 'Sex', 'penguins.json'],
    ['multiclass', 'Species', 'penguins.json'],
    ['multiclass', 'weather', 'seattle-weather.csv'],
  ])('of a table that others made: %s of %s in %s', async (task, target, name) => {
    const text = await vega(name);
    const file = `rows.${name.split('.')[1]}`;
    await using folder = await pipelineFolder(
      `task: ${task}\ntarget: ${target}\ndata: { source: { type: file, path: ${file} } }\nsplit: { folds: auto }\nprepare: { missing-markers: { add: ["."] } }\n`,
      { [file]: text },
    );
    const { quality, folder: written } = await prepared(folder);
    const { rows, count } = await folded(written);
    expect(count).toBe(5);
    expect(rows.table.rows).toBe(quality.rows.kept);
    // A fifth of the rows each, within five standard deviations of a binomial.
    const [fifth, spread] = [rows.table.rows / 5, Math.sqrt(rows.table.rows * 0.2 * 0.8)];
    for (const size of quality.rows.folds!) expect(Math.abs(size - fifth)).toBeLessThan(5 * spread);
  });
});

describe('how many folds', () => {
  test.each([
    ['{ folds: auto }', 1999, { seed: 1, folds: 5 }],
    ['{ folds: auto }', 2000, { seed: 1 }],
    ['{ folds: off }', 300, { seed: 1 }],
    ['{ folds: 7 }', 2500, { seed: 1, folds: 7 }],
    ['{ test: 20% }', 300, { seed: 1 }],
  ])('a new lock under %s of %i rows decides', async (split, rows, decided) => {
    await using folder = await pipelineFolder(config(split), { 'rows.csv': table(rows) });
    await prepared(folder);
    expect((await lockOf(folder)).split).toEqual(decided);
  });

  test('the lock decides once: growth only advises, and a lock of test rows stays so', async () => {
    await using folder = await pipelineFolder(config('{ folds: auto }'), { 'rows.csv': table(1500) });
    await prepared(folder);
    await folder.write('rows.csv', table(2400));
    await relock(folder);
    expect((await lockOf(folder)).split).toEqual({ seed: 1, folds: 5 });
    const { quality, log } = await prepared(folder);
    const advice = /^there are 2,400 labelled rows by now.* ciclo lock --folds off divides them/;
    expect(quality.remarks?.find(({ kind }) => kind === 'folds')?.message).toMatch(advice);
    expect(warningsOf(log).filter((message) => advice.test(message))).toHaveLength(1);

    await relock(folder, 'off');
    expect((await lockOf(folder)).split).toEqual({ seed: 1 });
    await folder.write('rows.csv', table(400));
    await relock(folder);
    expect((await lockOf(folder)).split).toEqual({ seed: 1 });
  });

  test('ciclo lock --folds says what it means for the model in production', async () => {
    await using folder = await pipelineFolder(config('{ folds: auto }'), { 'rows.csv': table(2400) });
    await prepared(folder);
    const plan = await planLock({ pipeline: await folder.pipeline(), folds: 5 }, quietPorts());
    expect(plan.changes).toEqual([
      'split: training, validation and test rows → 5 folds; a model of test rows, as the one in production may be, is compared on its own test rows alone',
    ]);
    await writeLock(plan);
    const back = await planLock({ pipeline: await folder.pipeline(), folds: 'off' }, quietPorts());
    expect(back.changes).toEqual([
      'split: 5 folds → training, validation and test rows; a model of folds, as the one in production may be, is compared by its stored out-of-fold predictions, whatever the folds',
    ]);
  });

  test('ciclo.yml that wants others than the lock has is an error that says what to do', async () => {
    await using folder = await pipelineFolder(config('{ folds: 5 }'), { 'rows.csv': table(300) });
    await prepared(folder);
    await folder.write('ciclo.yml', config('{ folds: 4 }'));
    expect(await refusalOf(prepared(folder))).toBe(
      'split.folds is 4, but ciclo.lock has 5 folds: another division moves rows, so it is decided once. Let split.folds say 5 or auto, or change the lock with ciclo lock --folds 4',
    );
    await folder.write('ciclo.yml', config('{ test: 30% }'));
    expect(await refusalOf(prepared(folder))).toBe(
      'split.test and split.validation divide the rows into training, validation and test, but ciclo.lock has 5 folds: another division moves rows, so it is decided once. Let split.folds say 5 or auto, or change the lock with ciclo lock --folds off',
    );
    expect(await refusalOf(relock(folder, 6))).toMatch(/^lock --folds 6: in ciclo\.yml split\.test/);
    await relock(folder, 'off');
    expect((await prepared(folder)).quality.rows).not.toHaveProperty('folds');
  });

  /** Nine groups leave one of five folds without rows. */
  const nineGroups = `id,who,x,y\n${Array.from({ length: 80 }, (_, i) => `${i},g${i % 9},${(i * 5) % 11},${(i * 7) % 13}`).join('\n')}\n`;

  test('a fold without rows: fewer folds, told in the log and in every report', async () => {
    await using folder = await pipelineFolder(config('{ folds: auto }', { data: ', group: who' }), {
      'rows.csv': nineGroups,
    });
    const first = await prepared(folder);
    const { folds } = (await lockOf(folder)).split;
    const told = first.quality.remarks?.find(({ kind }) => kind === 'folds')?.message;
    const again = await prepared(folder);
    expect(again.digest).toBe(first.digest);
    expect([3, 4]).toContain(folds);
    expect(told).toMatch(
      new RegExp(`^the rows are in ${folds} folds instead of 5: fold \\d of 5 would have no rows`),
    );
    expect(
      warningsOf(first.log).some((text) => text.includes(`divided into ${folds} folds instead of 5`)),
    ).toBe(true);
  });

  test('a class that a model would not see: test rows instead, or an error where a number is declared', async () => {
    // Both rows of class c are of one person: the fold of that person's model sees none.
    const label = (i: number): string => (i < 7 ? 'c' : 'ab'[i % 2]!);
    const classes = { task: 'multiclass', target: 'label', data: ', group: who' };
    await using folder = await pipelineFolder(config('{ folds: auto }', classes), {
      'rows.csv': table(300, label),
    });
    const { log } = await prepared(folder);
    expect((await lockOf(folder)).split).toEqual({ seed: 1 });
    expect(
      warningsOf(log).some((text) => /^the model of fold \d of 5 would see no row of c, so that/.test(text)),
    ).toBe(true);
    await using other = await pipelineFolder(config('{ folds: 5 }', classes), {
      'rows.csv': table(300, label),
    });
    expect(await refusalOf(prepared(other))).toMatch(
      /^split\.folds is 5, but the model of fold \d of 5 would see no row of c: write split\.folds: off, or auto$/,
    );
  });

  test('filters that leave a locked fold without rows are named', async () => {
    await using folder = await pipelineFolder(config('{ folds: auto }', { data: ', group: who' }), {
      'rows.csv': table(300),
    });
    await prepared(folder);
    await folder.write(
      'ciclo.yml',
      `${config('{ folds: auto }', { data: ', group: who' })}features: { who: { range: [0, 2], invalid: drop } }\n`,
    );
    expect(await refusalOf(prepared(folder))).toMatch(
      /^ciclo\.lock has 5 folds, but of the rows that ciclo\.yml now keeps .*: let its filters keep more rows, or run ciclo lock --folds /,
    );
  });
});

describe('quality in folds', () => {
  const check = (made: Awaited<ReturnType<typeof prepared>>, name: string) =>
    made.quality.checks.find((one) => one.check === name);

  test('rows that equal a row of another fold are counted, and none where a group keeps them together', async () => {
    // Every measurement is there ten times, under ten ids.
    const rows = Array.from(
      { length: 300 },
      (_, i) => `${i},${Math.floor(i / 10)},${(Math.floor(i / 10) * 37) % 101},${(i * 7) % 11}`,
    );
    const text = `id,who,x,y\n${rows.join('\n')}\n`;
    const exclude = 'prepare: { exclude: [id, who] }\n';
    await using apart = await pipelineFolder(`${config('{ folds: 5 }')}${exclude}`, { 'rows.csv': text });
    // Ten rows that all lie in one fold of five: 5 × 0.2¹⁰ a group.
    expect(check(await prepared(apart), 'split-duplicates')).toMatchObject({
      status: 'warn',
      measured: 300,
      message: expect.stringMatching(/^300 rows equal a row of another fold in every feature/),
    });
    await using together = await pipelineFolder(
      `${config('{ folds: 5 }', { data: ', group: who' })}${exclude}`,
      {
        'rows.csv': text,
      },
    );
    expect(check(await prepared(together), 'split-duplicates')).toMatchObject({
      status: 'pass',
      message: 'no row equals a row of another fold in every feature',
    });
  });

  test('by time, only an equal row that is earlier counts', async () => {
    // Rows of month m equal those of month m - 6; months 6 to 11 are predicted.
    const rows = Array.from({ length: 240 }, (_, i) => `${i},${i % 12},${i % 6},${(i * 7) % 11}`);
    const text = `id,month,x,y\n${rows.join('\n')}\n`;
    await using folder = await pipelineFolder(
      `${config('{ folds: 3, by: time }', { data: ', time: month' })}prepare: { exclude: [id, month] }\n`,
      { 'rows.csv': text },
    );
    expect(check(await prepared(folder), 'split-duplicates')).toMatchObject({ measured: 120 });
  });
});
