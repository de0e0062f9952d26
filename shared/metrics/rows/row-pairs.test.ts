import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newerPairs, pairRows, type StoredRows } from './row-pairs.ts';

const stored = (rows: readonly (readonly [id: bigint, digest: bigint])[]): StoredRows => ({
  ids: BigUint64Array.from(rows, ([id]) => id),
  digests: BigUint64Array.from(rows, ([, digest]) => digest),
});

const rows = fc.uniqueArray(fc.tuple(fc.bigInt(0n, 60n), fc.bigInt(0n, 1n)), {
  selector: ([id]) => id,
  maxLength: 60,
});

describe('rows of two out-of-fold lists', () => {
  it('pair by id and content, whatever their order', () => {
    const champion = stored([
      [7n, 1n],
      [3n, 1n],
      [5n, 1n],
    ]);
    const challenger = stored([
      [5n, 1n],
      [9n, 1n],
      [3n, 2n],
      [7n, 1n],
    ]);
    expect(pairRows(champion, challenger)).toEqual({
      champion: Uint32Array.of(2, 0),
      challenger: Uint32Array.of(0, 3),
      edited: 1,
      unknown: Uint32Array.of(1),
      gone: 0,
    });
  });

  it('are each paired, edited, unknown or gone, and only equal ones are paired', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [champion, challenger] = [stored(a), stored(b)];
        const pairs = pairRows(champion, challenger);
        expect(pairs.champion.length + pairs.edited + pairs.unknown.length).toBe(b.length);
        expect(pairs.champion.length + pairs.edited + pairs.gone).toBe(a.length);
        for (const [i, place] of pairs.champion.entries()) {
          expect(champion.ids[place]).toBe(challenger.ids[pairs.challenger[i]!]);
          expect(champion.digests[place]).toBe(challenger.digests[pairs.challenger[i]!]);
        }
        const known = new Set(champion.ids);
        for (const place of pairs.unknown) expect(known.has(challenger.ids[place]!)).toBe(false);
      }),
    );
  });

  it('are all paired with themselves', () => {
    fc.assert(
      fc.property(rows, (own) => {
        const pairs = pairRows(stored(own), stored(own));
        expect([...pairs.challenger]).toEqual([...own.keys()]);
        expect(pairs.edited + pairs.unknown.length + pairs.gone).toBe(0);
      }),
    );
  });
});

describe('rows newer than the champion’s list', () => {
  const pairs = { challenger: Uint32Array.of(0, 1), unknown: Uint32Array.of(2, 3, 4) };

  it('are those that it does not hold', () => {
    expect([...newerPairs(pairs, {})]).toEqual([2, 3, 4]);
  });

  it('are not those that a filter had kept out of its data', () => {
    expect([...newerPairs(pairs, { late: (place) => place === 3 })]).toEqual([3]);
  });

  it('are not of a group that it learned from', () => {
    expect([...newerPairs(pairs, { groups: ['a', 'b', 'a', 'c', 'b'] })]).toEqual([3]);
  });
});
