// Files that are written while they are read: whatever happens, what is handed on is what was looked at, or an error.
import { appendFile, open, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntegrityError } from '../platform/errors.ts';
import { seenFile } from '../platform/seen-file.ts';
import { readAsSeen } from '../platform/whole-file.ts';
import { openFile } from './files/file-bytes.ts';
import { openRanges } from './files/file-ranges.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** What may happen to a file between two reads; every write has a time of its own, as on a clock that is fine enough. */
type Change = (file: string) => Promise<void>;
let clock = 1;
const written =
  (change: Change): Change =>
  async (file) => {
    await change(file);
    clock++;
    await utimes(file, clock, clock);
  };
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.nat(60).map((size) => written((file) => truncate(file, size))),
  fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => written((file) => appendFile(file, bytes))),
  fc.uint8Array({ minLength: 40, maxLength: 40 }).map((bytes) => written((file) => writeFile(file, bytes))),
  fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) =>
    written(async (file) => {
      await writeFile(`${file}.new`, bytes);
      await rename(`${file}.new`, file);
    }),
  ),
);
/** Before each read. */
const changes = fc.array(fc.array(change, { maxLength: 2 }), { minLength: 1, maxLength: 4 });
const original = Uint8Array.from({ length: 40 }, (_, i) => i + 1);

/** The bytes that were handed on; undefined where reading ended with an error that says so. */
async function handedOn(read: () => Promise<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return await read();
  } catch (error) {
    expect(error).toBeInstanceOf(IntegrityError);
    expect((error as Error).message).toContain('changed while it was read');
    return undefined;
  }
}

type Reader = (file: string, next: () => Promise<void>) => Promise<() => Promise<Uint8Array>>;

describe.each<[string, boolean, Reader]>([
  [
    'a source from its start',
    true,
    async (file, next) => {
      const source = await openFile(file, 'rows.csv');
      return async () => {
        await next();
        const chunks: Uint8Array[] = [];
        for await (const chunk of source.open()) {
          chunks.push(Uint8Array.from(chunk));
          await next();
        }
        return Buffer.concat(chunks);
      };
    },
  ],
  [
    'ranges',
    false,
    async (file, next) => {
      const ranges = await openRanges(file, 'rows.csv');
      return async () => {
        try {
          const parts: Uint8Array[] = [];
          for (let start = 0; start < 40; start += 10) {
            await next();
            parts.push(new Uint8Array(await ranges.slice(start, start + 10)));
          }
          return Buffer.concat(parts);
        } finally {
          await ranges.close();
        }
      };
    },
  ],
  [
    'a whole file',
    false,
    async (file, next) => {
      const handle = await open(file);
      const seen = await seenFile(handle);
      const read = (async (...given: Parameters<typeof handle.read>) => {
        await next();
        return handle.read(...given);
      }) as typeof handle.read;
      const racing = { read, stat: handle.stat.bind(handle) as typeof handle.stat };
      return async () => {
        try {
          return (await readAsSeen(racing, { file: 'rows.csv', seen, piece: 16 })).bytes;
        } finally {
          await handle.close();
        }
      };
    },
  ],
])('%s', (_, mayGrow, reader) => {
  it('gives the bytes that were looked at, or an error, whatever is written meanwhile', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'rows.csv');
    let refused = 0;
    let given = 0;
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        await writeFile(file, original);
        clock++;
        await utimes(file, clock, clock);
        const left = all.values();
        const next = async () => {
          for (const one of left.next().value ?? []) {
            await one(file);
            grew ||= (await stat(file)).size > original.length;
          }
        };
        let grew = false;
        const found = await handedOn(await reader(file, next));
        if (found === undefined) refused++;
        else {
          given++;
          // A source of text may be a log: one that is longer than before is taken for one that was appended to.
          if (!(mayGrow && grew)) expect(Uint8Array.from(found)).toEqual(original);
          expect(found).toHaveLength(original.length);
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
    expect(Math.min(refused, given)).toBeGreaterThan(2);
  });
});
