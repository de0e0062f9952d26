import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';
import { positionOf, splitByHash, splitByTime } from './split.ts';

const shares = { test: 0.2, validation: 0.3 };
const words = fc.uint32Array({ minLength: 1, maxLength: 200 });

describe('a split by hash', () => {
  it('leaves every row where it is as rows are added, whatever their order', () => {
    fc.assert(
      fc.property(words, words, fc.nat(), (before, added, seed) => {
        const sides = splitByHash(before, seed, shares);
        expect(
          [...splitByHash(Uint32Array.of(...added, ...before), seed, shares)].slice(added.length),
        ).toEqual([...sides]);
      }),
    );
  });

  it('is what positions say, and a larger share only takes rows in', () => {
    fc.assert(
      fc.property(words, fc.nat(), (hashes, seed) => {
        const sides = splitByHash(hashes, seed, shares);
        const larger = splitByHash(hashes, seed, { test: 0.4, validation: 0.1 });
        for (const [row, word] of hashes.entries()) {
          expect(sides[row] === 2).toBe(positionOf(word, seed) < 0.2);
          if (sides[row] === 2) expect(larger[row]).toBe(2);
        }
      }),
    );
  });

  it('meets its shares, for every seed alike', () => {
    const hashes = Uint32Array.from({ length: 100_000 }, (_, i) => Math.imul(i, 0x9e3779b1));
    for (const seed of [0, 1, 42]) {
      const sides = splitByHash(hashes, seed, shares);
      const counts = [0, 1, 2].map((side) => sides.filter((s) => s === side).length);
      // Five standard deviations of a binomial count: 5 √(n p (1 - p)).
      expect(Math.abs(counts[2]! - 20_000)).toBeLessThan(633);
      expect(Math.abs(counts[1]! - 30_000)).toBeLessThan(725);
    }
  });
});

describe('a split by time', () => {
  const column = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 100 });

  it('puts no row before an older one, and equal times together', () => {
    fc.assert(
      fc.property(column, (values) => {
        const sides = splitByTime(Float64Array.from(values), shares);
        const order = [0, 2, 1].map((_, side) => values.filter((_v, row) => sides[row] === side));
        const [train, validation, test] = order as [number[], number[], number[]];
        expect(Math.max(...train, -1)).toBeLessThan(Math.min(...validation, ...test, 99));
        expect(Math.max(...validation, -1)).toBeLessThan(Math.min(...test, 99));
      }),
    );
  });

  it('gives the newest share to the test, and rows of a boundary to the earlier side', () => {
    expect([...splitByTime(Float64Array.of(5, 1, 4, 2, 3), { test: 0.2, validation: 0.2 })]).toEqual([
      2, 0, 1, 0, 0,
    ]);
    expect([...splitByTime(Float64Array.of(1, 2, 2, 2, 3), { test: 0.4, validation: 0.2 })]).toEqual([
      0, 0, 0, 0, 2,
    ]);
  });
});

describe('the sides of a dataset', () => {
  const x = times(200, (i) => i);
  const y = times(200, (i) => (i * 13) % 17);

  it('follow only the key: other columns, filters and added rows move no row', () => {
    const config = configOf({ data: { key: 'k' } });
    const k = times(200, (i) => `k${i}`);
    const before = prepared(sourceOf({ k, x, y }), config);
    const filters = configOf({
      data: { key: 'k' },
      features: { x: { type: 'number', range: [10, 250], invalid: 'drop' } },
    });
    const after = prepared(
      sourceOf({
        k: [...k, 'new'],
        x: [...x.map((value) => value + 1), 0],
        y: [...y, 3],
        z: times(201, (i) => i),
      }),
      filters,
    );
    const place = (result: typeof before): Map<bigint, string> =>
      new Map(
        Object.entries(result.splits).flatMap(([side, { ids }]) => [...ids].map((id) => [id, side] as const)),
      );
    const old = place(before);
    expect(place(after).size).toBeLessThan(old.size);
    for (const [id, side] of place(after)) expect(side).toBe(old.get(id));
  });

  it('do not depend on the order in which the key is written', () => {
    const source = sourceOf({ a: x, b: times(200, (i) => i % 5), x, y });
    const [one, two] = [
      ['a', 'b'],
      ['b', 'a'],
    ].map((key) => prepared(source, configOf({ data: { key } })));
    expect(one!.splits.test.ids).toEqual(two!.splits.test.ids);
    expect(two!.lock.key).toEqual(['a', 'b']);
  });

  it('hold every group whole', () => {
    const g = times(200, (i) => `g${i % 40}`);
    const { splits, quality } = prepared(
      sourceOf({ g, k: x, x, y }),
      configOf({ data: { group: 'g', key: 'k' } }),
    );
    const groups = Object.values(splits).map(({ table }) => {
      const column = table.columns.get('g')!;
      return column.type === 'category' ? column.dictionary : [];
    });
    expect(new Set(groups.flat()).size).toBe(groups.flat().length);
    expect(quality.checks.find(({ check }) => check === 'key-overlap')?.status).toBe('pass');
  });

  it('say it when a key is on two of them because the group is another', () => {
    const g = times(200, (i) => `g${i % 50}`);
    const k = times(200, (i) => `k${i % 60}`);
    const { quality } = prepared(sourceOf({ g, k, x, y }), configOf({ data: { group: 'g', key: 'k' } }));
    const check = quality.checks.find(({ check: name }) => name === 'key-overlap')!;
    expect(check.status).toBe('fail');
    expect(check.message).toMatch(
      /^\d+ validation or test rows have the key of a training row: the split by group g divides what data.key calls one thing$/,
    );
  });

  it('must not be empty', () => {
    expect(refusal(sourceOf({ x: [1, 2, 3], y: [1, 2, 3] }))).toMatch(
      /^split: no row is left for \w+.* \(train \d, validation \d, test \d\): 3 rows are too few to train a model and to judge it on rows that it has not seen\. At least 20 are needed \(prepare\.checks\.min-rows\), and a few hundred show much more\. Bring more rows$/,
    );
    const same = configOf({ data: { key: 'k' }, split: { folds: 'off' } });
    expect(refusal(sourceOf({ k: times(200, () => 1), x, y }), same)).toMatch(
      /^split: no row is left for \w+ and \w+ \(train \d+, validation \d+, test \d+\): 200 rows with 1 different keys, of which test takes 20% and validation 20%\. Bring more rows, raise the share, or choose a data\.key that tells more rows apart$/,
    );
    const config = configOf({ split: { by: 'time' }, data: { time: 't' } });
    expect(refusal(sourceOf({ t: times(200, () => 1999), x, y }), config)).toBe(
      'split: no row is left for validation and test (train 200, validation 0, test 0): 200 rows with 1 different times, of which test takes 20% and validation 20%. Bring rows of more times, raise the share, or use split.by: hash',
    );
  });

  it('need a time in every row to be divided by it', () => {
    const config = configOf({ split: { by: 'time' }, data: { time: 't' } });
    expect(refusal(sourceOf({ t: times(200, (i) => (i === 3 ? null : i)), x, y }), config)).toBe(
      'split.by is time, but t is missing in 1 of 200 rows: fix the data, declare features.t.missing: drop, or use split.by: hash',
    );
  });

  it('are by time when the configuration says so', () => {
    const config = configOf({ split: { by: 'time' }, data: { time: 't' } });
    const { splits } = prepared(sourceOf({ t: times(200, (i) => 199 - i), x, y }), config);
    const ranges = Object.values(splits).map(({ table }) => {
      const { values } = table.columns.get('t') as { values: Float64Array };
      return [Math.min(...values), Math.max(...values)];
    });
    expect(ranges).toEqual([
      [0, 119],
      [120, 159],
      [160, 199],
    ]);
  });
});
