import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetMetadataAsync, parquetSchema } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigurationError } from '../../platform/errors.ts';
import { readFiles } from '../testing/read-helpers.ts';
import { readFlatColumn } from './flat-column.ts';
import { createParquetColumn } from './parquet-column.ts';
import { kindOf } from './parquet-kind.ts';
import { readByLibrary } from './parquet-reader.ts';
import { unpackRuns } from './run-lengths.ts';
import { readVarint } from './thrift-struct.ts';

const { files } = z
  .object({ files: z.record(z.string(), z.base64()) })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/columnar.json', import.meta.url), 'utf8')));
const bytesOf = (name: string) => Buffer.from(files[name]!, 'base64');

describe('pages that are read here', () => {
  test.each(['none', 'snappy', 'zstd', 'plain', 'version-2', 'two-groups'])(
    'hold what hyparquet finds in them (%s)',
    async (name) => {
      const { buffer } = new Uint8Array(bytesOf(`${name}.parquet`));
      const file = {
        byteLength: buffer.byteLength,
        slice: (start: number, end?: number) => buffer.slice(start, end),
      };
      const metadata = await parquetMetadataAsync(file);
      const rows = Number(metadata.num_rows);
      let compared = 0;
      for (const [position, child] of parquetSchema(metadata).children.entries()) {
        const kind = kindOf(child, name);
        const own = await readFlatColumn(file, metadata.row_groups, position, child.element, kind, rows, {
          isMissing: (text) => text === 'NA',
          sharedMemory: position % 2 === 1,
        });
        if (!own) continue;
        const other = createParquetColumn(kind, rows, (text) => text === 'NA', child.element.scale);
        await readByLibrary({ file, metadata }, child.element.name, other);
        expect([child.element.name, own]).toEqual([child.element.name, other.finish()]);
        compared++;
      }
      // All but a wide integer, an unsigned or nanosecond INT64, a decimal in fixed bytes.
      expect(compared).toBe(13);
    },
  );
});

test('a file with any byte changed is read or refused, and never breaks the reader', async () => {
  const names = ['none.parquet', 'snappy.parquet', 'version-2.parquet'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.nat({ max: 4000 }),
      fc.integer({ min: 0, max: 255 }),
      async (name, at, byte) => {
        const bytes = bytesOf(name);
        bytes[at % bytes.length] = byte;
        try {
          await readFiles({ 'a.parquet': bytes });
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      },
    ),
    { numRuns: 300, seed: 20261124 },
  );
});

describe('runs', () => {
  /** Bit-packs values by the book: the least bit first. */
  function packed(values: readonly number[], width: number): number[] {
    const bits = values.flatMap((value) =>
      Array.from({ length: width }, (_, i) => Math.floor(value / 2 ** i) % 2),
    );
    return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
      bits.slice(i * 8, i * 8 + 8).reduce((byte, bit, k) => byte + bit * 2 ** k, 0),
    );
  }

  test('of either sort unpack to what was packed, at any width', () => {
    const groups = fc.integer({ min: 1, max: 31 }).chain((width) => {
      const value = fc.integer({ min: 0, max: 2 ** width - 1 });
      return fc.record({
        width: fc.constant(width),
        runs: fc.array(
          fc.oneof(
            fc.record({ value, count: fc.integer({ min: 1, max: 200 }) }),
            fc.record({ values: fc.array(value, { minLength: 8, maxLength: 8 }) }),
          ),
          { minLength: 1, maxLength: 6 },
        ),
      });
    });
    fc.assert(
      fc.property(groups, fc.nat({ max: 7 }), ({ width, runs }, spare) => {
        const bytes = runs.flatMap((run) => {
          if ('values' in run) return [3, ...packed(run.values, width)];
          const head = run.count * 2;
          const little = packed([run.value], width);
          return [...(head < 128 ? [head] : [(head & 127) | 128, head >> 7]), ...little];
        });
        const values = runs.flatMap((run) =>
          'values' in run ? run.values : Array.from({ length: run.count }, () => run.value),
        );
        const wanted = values.slice(0, values.length - spare);
        const out = new Int32Array(wanted.length);
        unpackRuns(Uint8Array.from(bytes), 0, bytes.length, width, out);
        expect([...out]).toEqual(wanted);
      }),
    );
  });

  test('that are cut short are refused', () => {
    expect(() => unpackRuns(Uint8Array.of(3, 1), 0, 2, 3, new Int32Array(8))).toThrow(
      'bit-packed values are cut short',
    );
    expect(() => unpackRuns(Uint8Array.of(4, 1), 0, 2, 1, new Int32Array(8))).toThrow(
      '2 values where 8 should be',
    );
    expect(() => unpackRuns(Uint8Array.of(0, 1), 0, 2, 1, new Int32Array(8))).toThrow('a run is cut short');
  });
});

test('a number without end is refused', () => {
  expect(() => readVarint({ bytes: new Uint8Array(20).fill(255), at: 0 })).toThrow(
    'a number of more than ten bytes',
  );
  expect(readVarint({ bytes: Uint8Array.of(0xac, 0x02), at: 0 })).toBe(300);
});
