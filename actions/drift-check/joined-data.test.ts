import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { planLock, writeLock } from '../prepare/lock.ts';
import { prepare } from '../prepare/prepare.ts';
import { type PipelineFolder, pipelineFolder, quietPorts, warningsOf } from '../testing/pipeline-folder.ts';
import { train } from '../train/train.ts';
import { validate } from '../validate/validate.ts';
import { driftCheck } from './drift-check.ts';

const example = fileURLToPath(new URL('../../example-repo/flights/', import.meta.url));

/** The example of flights joined with airports, with two months of three locked as the repository has it. */
async function flights(): Promise<PipelineFolder> {
  const read = (name: string): Promise<string> => readFile(path.join(example, name), 'utf8');
  const months = await readdir(path.join(example, 'data'));
  const files = await Promise.all(
    ['airports.csv', 'ciclo.lock', ...months.map((name) => `data/${name}`)].map(
      async (name) => [name, await read(name)] as const,
    ),
  );
  return pipelineFolder(await read('ciclo.yml'), Object.fromEntries(files));
}

describe('the example whose rows come from two sources', () => {
  test('goes from prepare to the check for drift, and again to the same bytes', async () => {
    await using folder = await flights();
    const pipeline = await folder.pipeline();
    const prepared = await prepare({ pipeline }, quietPorts());
    expect(prepared.lock.status).toBe('used');
    expect(prepared.leftOut).toEqual({ afterWindow: 3520, late: 0 });
    expect(
      prepared.schema.columns.filter(({ role }) => role === 'feature').map(({ name, made }) => [name, made]),
    ).toEqual([
      ['date', undefined],
      ['distance', undefined],
      ['from_latitude', 'joined from airports (step 1)'],
      ['from_longitude', 'joined from airports (step 1)'],
      ['from_state', 'joined from airports (step 1)'],
      ['hour', 'derived (step 3)'],
      ['recent_delay', 'rolled up from flights (step 4)'],
      ['recent_flights', 'rolled up from flights (step 4)'],
      ['to_latitude', 'joined from airports (step 2)'],
      ['to_longitude', 'joined from airports (step 2)'],
    ]);
    await train({ pipeline: prepared.pipeline }, quietPorts());
    const { evaluation } = await validate({ pipeline: prepared.pipeline }, quietPorts());
    // Better than no model at all: 0.5 is guessing.
    expect(evaluation.metrics.find(({ name }) => name === 'roc-auc')?.value).toBeGreaterThan(0.6);
    const { report } = await driftCheck({ pipeline }, { ...quietPorts(), forge: undefined });
    expect(report.rows).toMatchObject({ reference: prepared.rows.train, current: 3520 });
    expect(report.columns.map(({ name }) => name)).toContain('recent_delay');
    expect((await prepare({ pipeline }, quietPorts())).digest).toBe(prepared.digest);
  });

  test('a lookup that changed in place changes new rows, and not those that the lock pins', async () => {
    await using folder = await flights();
    // What `ciclo lock` leaves where it was run; a checkout without it reads the file.
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    const airports = await readFile(path.join(folder.path, 'airports.csv'), 'utf8');
    await folder.write('airports.csv', airports.replaceAll(',TX,', ',Texas,'));
    const ports = quietPorts();
    const { report } = await driftCheck(
      { pipeline: await folder.pipeline() },
      { ...ports, forge: undefined },
    );
    expect(report.rows.current).toBe(3520);
    const state = report.columns.find(({ name }) => name === 'from_state')!;
    expect(state.drifted).toBe(true);
    expect(warningsOf(ports.log)).toEqual([]);
    await rm(path.join(folder.path, '.ciclo', 'snapshots'), { recursive: true });
    const again = prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await expect(again).rejects.toThrow('source airports: changed, still 59 rows');
  });
});
