import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { readParquet } from '../parquet/parquet-reader.ts';
import { messageFrom, readOptions } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { SpooledObject } from './spooled-object.ts';

/** Bytes that differ from place to place, and a spool of them that notes what is asked for. */
async function spoolOf(bytes: Uint8Array, block: number, broken = -1) {
  const folder = await temporaryFolder();
  const asked: string[] = [];
  const read = (start: number, end: number): Promise<Uint8Array> => {
    asked.push(`${start}-${end}`);
    if (start <= broken && broken < end) return Promise.reject(new Error('cannot be had'));
    return Promise.resolve(bytes.subarray(start, end));
  };
  const spool = new SpooledObject(bytes.length, read, `${folder.path}/spool`, block);
  return {
    spool,
    asked,
    async [Symbol.asyncDispose]() {
      await spool.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7919) % 251);

describe('an object that comes in blocks', () => {
  test('ends with an error where the disk takes but a part of a block, not with zeros for the rest', async () => {
    await using folder = await temporaryFolder();
    const script = `
      import { SpooledObject } from ${JSON.stringify(new URL('./spooled-object.ts', import.meta.url).href)};
      const read = async (start, end) => new Uint8Array(end - start).fill(7);
      const spool = new SpooledObject(10_000, read, ${JSON.stringify(`${folder.path}/spool`)});
      const said = await spool.slice(0).then((all) => new Uint8Array(all).indexOf(0), (error) => error.code);
      console.log(said);
      await spool.close();`;
    // A limit on the size of files (in KiB) cuts a write as a full disk does.
    const limited = 'trap \'\' XFSZ; ulimit -f 6; exec "$0" --input-type=module --eval "$1"';
    const { stdout } = spawnSync('bash', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('EFBIG');
  });

  test('gives any range of its bytes, and asks for each block once', async () => {
    await using made = await spoolOf(bytes, 64);
    for (const [start, end] of [
      [990, 1000],
      [0, 1],
      [60, 70],
      [60, 200],
      [0, 1000],
      [5, 5],
      [900, 5000],
    ] as const) {
      const found = new Uint8Array(await made.spool.slice(start, end));
      expect(found).toEqual(bytes.slice(start, end));
    }
    expect(made.asked.slice(0, 2)).toEqual(['960-1000', '0-64']);
    expect(new Set(made.asked).size).toBe(16);
    expect(made.asked).toHaveLength(16);
  });

  test('gives all of them from the start, as often as one likes', async () => {
    await using made = await spoolOf(bytes, 64);
    for (let round = 0; round < 2; round++) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of made.spool.chunks()) chunks.push(chunk);
      expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes));
    }
    expect(made.asked).toHaveLength(16);
  });

  test('asks at the same time for one block once', async () => {
    await using made = await spoolOf(bytes, 256);
    await Promise.all([made.spool.slice(0, 300), made.spool.slice(10, 20), made.spool.slice(255, 257)]);
    expect([...made.asked].sort()).toEqual(['0-256', '256-512']);
  });

  test('ends with what a block ends with', async () => {
    await using made = await spoolOf(bytes, 64, 500);
    expect(await messageFrom(made.spool.slice(490, 600))).toBe('cannot be had');
    const all = async (): Promise<void> => {
      for await (const chunk of made.spool.chunks()) void chunk;
    };
    expect(await messageFrom(all())).toBe('cannot be had');
    // What was read before is still there.
    expect(new Uint8Array(await made.spool.slice(0, 10))).toEqual(bytes.slice(0, 10));
  });

  test('makes no file any more once it is closed', async () => {
    await using folder = await temporaryFolder();
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      await arrived;
      return bytes.subarray(start, end);
    };
    const spool = new SpooledObject(bytes.length, read, `${folder.path}/spool`, 64);
    const asked = messageFrom(spool.slice(0, 10));
    await spool.close();
    arrive();
    expect(await asked).toBe('nobody reads it any more');
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('may be empty', async () => {
    await using made = await spoolOf(new Uint8Array(0), 64);
    expect(await made.spool.slice(0)).toEqual(new ArrayBuffer(0));
    for await (const chunk of made.spool.chunks()) expect(chunk).toBeUndefined();
    expect(made.asked).toEqual([]);
  });
});

test('of a Parquet file only the blocks of wanted columns are asked for', async () => {
  const file = readFileSync(
    new URL('../../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url),
  );
  const block = 1 << 18;
  await using made = await spoolOf(file, block);
  const options = { ...readOptions, columns: new Set(['delay']) };
  const table = await readParquet(made.spool, 'flights-3m.parquet', options, silentLogger);
  expect([...table.columns.keys()]).toEqual(['delay']);
  expect(table.rows).toBe(3_000_000);
  expect(made.asked.length).toBeLessThan(Math.ceil(file.length / block) / 2);
});
