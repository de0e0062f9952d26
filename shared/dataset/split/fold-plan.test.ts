import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldByHash, foldByTime, foldEdges, foldPlan, onlyTrains } from './fold-plan.ts';

/** Rows as people have them: words that come back (groups), times that tie. */
const hashedRows = fc.record({
  words: fc.array(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.nat({ max: 0xffffffff })), { maxLength: 200 }),
  seed: fc.nat({ max: 1000 }),
  count: fc.integer({ min: 3, max: 20 }),
});
const timedRows = fc.record({
  times: fc.array(
    fc.oneof(fc.integer({ min: -5, max: 30 }), fc.double({ min: -1e12, max: 1e12, noNaN: true })),
    { minLength: 1, maxLength: 200 },
  ),
  count: fc.integer({ min: 3, max: 20 }),
});

function byHash({ words, seed, count }: { words: number[]; seed: number; count: number }) {
  return foldByHash(Uint32Array.from(words), seed, count);
}
function byTime({ times, count }: { times: number[]; count: number }) {
  const values = Float64Array.from(times);
  const folds = foldByTime(values, foldEdges(values, count));
  return { folds, plan: foldPlan(folds, count, { times: values }) };
}

describe('folds by hash', () => {
  test('every row is predicted exactly once, by a model that has not seen its fold', () => {
    fc.assert(
      fc.property(hashedRows, (rows) => {
        const folds = byHash(rows);
        const predicted = new Array<number>(folds.length).fill(0);
        for (const { fold, train, stop, predict } of foldPlan(folds, rows.count)) {
          for (const row of predict) predicted[row]!++;
          expect([...predict].every((row) => folds[row] === fold)).toBe(true);
          expect([...train, ...stop].some((row) => folds[row] === fold)).toBe(false);
          // The three parts together are all rows, each once.
          expect([...train, ...stop, ...predict].sort((a, b) => a - b)).toEqual([...folds.keys()]);
        }
        expect(predicted.every((times) => times === 1)).toBe(true);
      }),
    );
  });

  test('the fold after stops the training, of the last fold the first', () => {
    const plan = foldPlan(Uint8Array.of(0, 1, 2, 3, 0), 4);
    expect(plan.map(({ train, stop, predict }) => [[...train], [...stop], [...predict]])).toEqual([
      [[2, 3], [1], [0, 4]],
      [[0, 3, 4], [2], [1]],
      [[0, 1, 4], [3], [2]],
      [[1, 2], [0, 4], [3]],
    ]);
  });

  test('equal words are in one fold, and a row keeps its fold whatever other rows there are', () => {
    fc.assert(
      fc.property(hashedRows, fc.array(fc.nat()), (rows, more) => {
        const folds = byHash(rows);
        const later = byHash({ ...rows, words: [...rows.words, ...more] });
        expect([...later.subarray(0, folds.length)]).toEqual([...folds]);
        const foldOf = new Map(rows.words.map((word, row) => [word, folds[row]]));
        expect(rows.words.every((word, row) => foldOf.get(word) === folds[row])).toBe(true);
      }),
    );
  });

  test('folds are about equally large', () => {
    const folds = foldByHash(
      Uint32Array.from({ length: 50_000 }, (_, i) => Math.imul(i, 2654435761)),
      1,
      5,
    );
    const sizes = new Array<number>(5).fill(0);
    for (const fold of folds) sizes[fold]!++;
    // Binomial with n = 50,000, p = 1/5: standard deviation 89.4; five of them.
    for (const size of sizes) expect(Math.abs(size - 10_000)).toBeLessThan(447);
  });
});

describe('folds by time', () => {
  test('every row but the oldest is predicted exactly once, and nothing later trains what is earlier', () => {
    fc.assert(
      fc.property(timedRows, (rows) => {
        const { folds, plan } = byTime(rows);
        const predicted = new Array<number>(folds.length).fill(0);
        for (const { fold, train, stop, predict } of plan) {
          for (const row of predict) predicted[row]!++;
          const first = Math.min(...[...predict].map((row) => rows.times[row]!));
          const seen = [...train, ...stop];
          expect(seen.every((row) => rows.times[row]! < first)).toBe(true);
          expect(seen.some((row) => folds[row] === fold)).toBe(false);
          const lastTrained = Math.max(...[...train].map((row) => rows.times[row]!));
          expect([...stop].every((row) => rows.times[row]! > lastTrained)).toBe(true);
        }
        expect(predicted).toEqual([...folds].map((fold) => (fold === onlyTrains ? 0 : 1)));
      }),
    );
  });

  test('rows of equal time are in one fold', () => {
    fc.assert(
      fc.property(timedRows, (rows) => {
        const { folds } = byTime(rows);
        const foldOf = new Map(rows.times.map((time, row) => [time, folds[row]]));
        expect(rows.times.every((time, row) => foldOf.get(time) === folds[row])).toBe(true);
      }),
    );
  });

  test('the first half only trains; the rest is five equal blocks in order', () => {
    const { folds, plan } = byTime({ times: Array.from({ length: 20 }, (_, i) => i), count: 5 });
    expect([...folds]).toEqual([...new Array(10).fill(onlyTrains), 0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    // Of the ten rows before, the newest fifth stops.
    expect([...plan[0]!.train]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...plan[0]!.stop]).toEqual([8, 9]);
    expect([...plan[4]!.stop]).toEqual([14, 15, 16, 17]);
    expect([...plan[4]!.predict]).toEqual([18, 19]);
  });
});
