import { mkdir, readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { formatLock } from '../../shared/config/lock/lock-file.ts';
import { httpServer } from '../../shared/source/testing/http-server.ts';
import {
  type PipelineFolder,
  pipelineFolder,
  quietPorts,
  refusalOf,
  warningsOf,
} from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const config =
  'task: regression\ntarget: y\ndata: { source: { type: file, path: "*.csv", columns: union }, key: id, time: t }\n';

function rows(t: number, header = 'id,t,x,y', more = ''): string {
  const lines = Array.from(
    { length: 20 },
    (_, i) => `${t * 100 + i},${t},${(i * 7) % 11},${((i * 7) % 11) + ((i * 5) % 13)}${more}`,
  );
  return `${header}\n${lines.join('\n')}\n`;
}
const files = { '1.csv': rows(1), '2.csv': rows(2), '3.csv': rows(3) };

async function locked(folder: PipelineFolder, until?: string): Promise<Lock> {
  const inputs = { pipeline: await folder.pipeline(), ...(until === undefined ? {} : { until }) };
  return (await writeLock(await planLock(inputs, quietPorts()))).lock;
}

describe('ciclo lock', () => {
  test('without an end takes in all rows, and afterwards keeps to the end that it has', async () => {
    await using folder = await pipelineFolder(config, files);
    expect((await locked(folder)).data).toMatchObject({ rows: 60, window: { until: '3' } });
    await folder.write('4.csv', rows(4));
    expect((await locked(folder)).data).toMatchObject({ rows: 60, window: { until: '3' } });
    expect((await locked(folder, 'latest')).data).toMatchObject({ rows: 80, window: { until: '4' } });
    expect((await locked(folder, '2')).data).toMatchObject({ rows: 40, window: { until: '2' } });
  });

  test('writes what prepare then reads, to the byte', async () => {
    await using folder = await pipelineFolder(config, files);
    const lock = await locked(folder, '2');
    expect(await readFile(folder.lockFile, 'utf8')).toBe(formatLock(lock));
    expect(await prepare({ pipeline: await folder.pipeline() }, quietPorts())).toMatchObject({
      lock: { status: 'used' },
      leftOut: { afterWindow: 20, late: 0 },
      quality: { rows: { read: 40 } },
    });
    const again = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(again.changes).toEqual([]);
    expect(again.after).toEqual(lock);
  });

  test('takes in late rows, a mended row and a new column, and says so', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    await folder.write('2.csv', rows(2, 'id,t,x,y,colour', ',red'));
    await folder.write('9.csv', 'id,t,x,y\n7,1,2,3\n');
    const ports = quietPorts();
    // The new column is in one file: the pinned rows are what they were, without it.
    await prepare({ pipeline: await folder.pipeline() }, ports);
    expect(warningsOf(ports.log)).toEqual([
      'the column colour came after ciclo.lock was written and is left out: ciclo lock takes it in',
      "1 row inside the lock's window arrived after it was written (1: 1) and is left out: ciclo lock takes it in",
    ]);
    const plan = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(plan.changes).toEqual([
      'rows: 60 rows → 61 rows (+1)',
      '1: content changed, 20 rows → 21 rows (+1)',
      '2: content changed, still 20 rows',
      '3: content changed, still 20 rows',
      'column colour: new, category',
    ]);
    expect(plan.after.key).toEqual(['id']);
  });

  test('goes by the types that ciclo.yml declares, then by those that it froze', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    await folder.write('ciclo.yml', `${config}features: { x: { type: category } }\n`);
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the columns are not what ciclo.lock froze:
  column x: number before, ciclo.yml now makes it category
put them back, or accept the change with ciclo lock`,
    );
    const plan = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(plan.changes.at(-1)).toBe('column x: number → category');
    await writeLock(plan);
    // The declaration goes; the frozen type stays.
    await folder.write('ciclo.yml', config);
    expect((await locked(folder)).types.x).toBe('category');
  });

  test('a column that is gone is an error until the next lock', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    for (const t of [1, 2, 3]) await folder.write(`${t}.csv`, rows(t, 'id,t,size,y'));
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `the columns are not what ciclo.lock froze:
  column x: gone, number before
put them back, or accept the change with ciclo lock`,
    );
    const { changes } = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    expect(changes.slice(-2)).toEqual(['column size: new, number', 'column x: gone']);
  });

  test('data.time that came or went is accepted by it, and by nothing else', async () => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    await folder.write('ciclo.yml', config.replace(', time: t', ''));
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      'ciclo.lock was made with data.time: t, ciclo.yml now has none: run ciclo lock to accept the change',
    );
    expect((await locked(folder)).data).not.toHaveProperty('window');
    await folder.write('ciclo.yml', config);
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      'ciclo.lock was made without data.time, ciclo.yml now says t: run ciclo lock to accept the change',
    );
    expect((await locked(folder)).data.window).toEqual({ column: 't', until: '3' });
  });

  test.each([
    [
      'data: { source: { type: file, path: "*.csv" }, key: x, time: t }',
      /^data\.key is \["x"\], but ciclo\.lock froze \["id"\]: another key moves rows between training and test/,
    ],
    [
      `${config.split('\n')[2]}\nsplit: { seed: 5 }`,
      /^split\.seed is 5, but ciclo\.lock froze 1: another seed moves rows/,
    ],
  ])('does not move rows between the sides: %s', async (data, message) => {
    await using folder = await pipelineFolder(config, files);
    await locked(folder);
    await folder.write('ciclo.yml', `task: regression\ntarget: y\n${data}\n`);
    expect(await refusalOf(planLock({ pipeline: await folder.pipeline() }, quietPorts()))).toMatch(message);
  });

  test('refuses an end without rows and an end without a window', async () => {
    await using folder = await pipelineFolder(config, files);
    expect(await refusalOf(planLock({ pipeline: await folder.pipeline(), until: '0' }, quietPorts()))).toBe(
      'lock --until 0: no row has t up to then; the earliest is 1',
    );
    await folder.write('ciclo.yml', config.replace(', time: t', ''));
    expect(await refusalOf(planLock({ pipeline: await folder.pipeline(), until: '2' }, quietPorts()))).toBe(
      'lock --until 2: ciclo.yml declares no data.time, so the data has no window; name the column of the event time there',
    );
  });

  test('leaves nothing half written when the file cannot be put in its place', async () => {
    await using folder = await pipelineFolder(config, files);
    const plan = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
    await mkdir(`${folder.lockFile}/in the way`, { recursive: true });
    await expect(writeLock(plan)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect((await readdir(folder.path)).sort()).toEqual([
      '1.csv',
      '2.csv',
      '3.csv',
      'ciclo.lock',
      'ciclo.yml',
    ]);
  });
});

test.each([
  ['json', 'application/json', (rows: readonly object[]) => JSON.stringify(rows)],
  [
    'csv',
    'text/csv',
    (rows: readonly object[]) =>
      [Object.keys(rows[0]!), ...rows.map(Object.values)].map((cells) => cells.join(',')).join('\n'),
  ],
] as const)('a second lock of what an API answers in %s changes nothing', async (format, type, write) => {
  const answered = Array.from({ length: 60 }, (_, id) => ({
    ...{ id, x: (id * 7) % 11, y: (id * 5) % 13, open: id % 3 === 0, day: 20_240_101 + (id % 28) },
  }));
  await using server = await httpServer((_, response) => {
    response.writeHead(200, { 'content-type': type }).end(write(answered));
  });
  const source = `{ type: http, url: "${server.url}", format: ${format} }`;
  await using folder = await pipelineFolder(
    `task: regression\ntarget: y\ndata: { source: ${source}, key: id }\n`,
    {},
  );
  const lock = await locked(folder);
  expect(lock.types).toMatchObject({ open: 'boolean', day: 'date' });
  const again = await planLock({ pipeline: await folder.pipeline() }, quietPorts());
  expect(again.changes).toEqual([]);
  expect(again.after).toEqual(lock);
});
