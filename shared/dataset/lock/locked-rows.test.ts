import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lock } from '../../config/lock/lock.ts';
import { formatLock, parseLock } from '../../config/lock/lock-file.ts';
import type { SourceTable } from '../table/origin.ts';
import { columnOf, takeRows } from '../table/table.ts';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';

const n = 120;
const byYear = configOf({ data: { key: 'k', time: 'year' } });
const columns = {
  k: times(n, (i) => `k${i}`),
  year: times(n, (i) => 1970 + Math.floor(i / 20)),
  x: times(n, (i) => (i * 31) % 47),
  y: times(n, (i) => (i * 17) % 29),
};
const files = Object.fromEntries(times(6, (i) => [`data/${1970 + i}.csv`, 20]));
const source = sourceOf(columns, files);

/** The same rows and some more behind them. */
function withRows(rows: readonly (readonly [string, number, number, number])[], more = files): SourceTable {
  const [k, year, x, y] = [0, 1, 2, 3].map((at) => rows.map((row) => row[at]!));
  return sourceOf(
    {
      k: [...columns.k, ...(k as string[])],
      year: [...columns.year, ...(year as number[])],
      x: [...columns.x, ...(x as number[])],
      y: [...columns.y, ...(y as number[])],
    },
    { ...more, 'data/late.csv': rows.length },
  );
}

/** The source with one row's x changed. */
function changed(row: number, from = columns): SourceTable {
  return sourceOf({ ...from, x: from.x.map((value, i) => (i === row ? value + 1 : value)) }, files);
}

function lockUntil(until: string | undefined, lock?: Lock, from = source, config = byYear): Lock {
  return prepared(from, config, { ...(lock ? { lock } : {}), moveLock: until === undefined ? {} : { until } })
    .lock;
}

describe('a lock', () => {
  it('is made of all rows where there is none, up to the newest time', () => {
    const { lock } = prepared(source, byYear);
    expect(lock).toMatchObject({
      version: 2,
      data: { rows: n, window: { column: 'year', until: '1975' } },
      key: ['k'],
      split: { seed: 1 },
      types: { k: 'category', year: 'number', x: 'number', y: 'number' },
    });
    expect(lock.data.parts.map(({ name, rows }) => [name, rows])).toEqual(
      times(6, (i) => [String(1970 + i), 20]),
    );
  });

  it('gives the rows that it was made of, after it was written and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1972, max: 1975 }), (year) => {
        const made = prepared(source, byYear, { moveLock: { until: String(year) } });
        const read = parseLock(formatLock(made.lock), 'ciclo.lock');
        const again = prepared(source, byYear, { lock: read });
        expect(again).toEqual({ ...made, warnings: [] });
        expect(again.leftOut).toEqual({ afterWindow: (1975 - year) * 20, late: 0 });
      }),
    );
  });

  it('does not depend on what comes after its window', () => {
    const lock = lockUntil('1973');
    const first = Uint32Array.from({ length: 80 }, (_, i) => i);
    const short = { table: takeRows(source.table, first), parts: source.parts.slice(0, 4) };
    expect(lockUntil('1973', undefined, short)).toEqual(lock);
    const later = withRows([['odd', 1999, 1e9, 5]]);
    expect(prepared(later, byYear, { lock }).splits).toEqual(prepared(source, byYear, { lock }).splits);
    // Later rows of another type wait too.
    const words = sourceOf({
      ...columns,
      x: columns.x.map((value, i) => (i === 110 ? 'unknown' : String(value))),
    });
    const waiting = prepared(words, byYear, { lock });
    expect(waiting.leftOut.afterWindow).toBe(40);
    expect(waiting.splits).toEqual(prepared(source, byYear, { lock }).splits);
  });

  it('keeps key, seed and types when it moves, and takes in rows and columns', () => {
    const before = { ...lockUntil('1972'), split: { seed: 7 } };
    const wider = {
      ...source,
      table: {
        ...source.table,
        columns: new Map([...source.table.columns, ['z', columnOf(source.table, 'x')]]),
      },
    };
    const after = lockUntil('latest', before, wider);
    expect(after).toMatchObject({
      key: ['k'],
      split: { seed: 7 },
      data: { window: { until: '1975' }, rows: n },
    });
    expect(after.types).toEqual({ ...before.types, z: 'number' });
    expect(lockUntil(undefined, before).data.window!.until).toBe('1972');
  });

  it('leaves every row on its side when it moves', () => {
    const small = prepared(source, byYear, { lock: lockUntil('1972') }).splits;
    const large = prepared(source, byYear, { lock: lockUntil('1975') }).splits;
    for (const side of ['train', 'validation', 'test'] as const) {
      const ids = new Set(large[side].ids);
      expect([...small[side].ids].every((id) => ids.has(id))).toBe(true);
    }
  });
});

describe('data that is not what the lock pins', () => {
  const lock = lockUntil('1974');

  it('is refused with the period, its files and what happened', () => {
    expect(refusal(changed(25), byYear, { lock })).toBe(
      'the data is not what ciclo.lock pins:\n' +
        '  1971 (data/1971.csv): changed, still 20 rows\n' +
        'restore it, or accept the change with ciclo lock',
    );
    const without = Uint32Array.from({ length: n }, (_, i) => i).filter(
      (i) => i !== 5 && (i < 40 || i >= 60),
    );
    const parts = [19, 20, 20, 20, 20].map((rows, i) => ({
      ...source.parts[i < 2 ? i : i + 1]!,
      rows,
      firstRow: i === 0 ? 0 : 19 + (i - 1) * 20,
    }));
    expect(refusal({ table: takeRows(source.table, without), parts }, byYear, { lock })).toBe(
      'the data is not what ciclo.lock pins:\n' +
        '  1970 (data/1970.csv): changed, 20 rows before, 19 now\n' +
        '  1972: gone, 20 rows before\n' +
        'restore it, or accept the change with ciclo lock',
    );
  });

  it('is accepted by a lock that moves', () => {
    expect(lockUntil('1974', lock, changed(25)).data.parts[1]).not.toEqual(lock.data.parts[1]);
  });

  it('says so when rows came in between', () => {
    const order = [0, n, ...times(n - 1, (i) => i + 1)];
    const more = withRows([['new', 1970, 1, 1]]);
    const between = { table: takeRows(more.table, Uint32Array.from(order)), parts: more.parts };
    expect(refusal(between, byYear, { lock })).toContain(
      '1970 (data/1970.csv): changed, 20 rows before, 21 now, and not the new ones behind the old ones',
    );
  });

  it('is not refused for a change after the window, in cleaning, or in what is derived', () => {
    const config = configOf({
      data: { key: 'k', time: 'year' },
      features: { x: { range: [0, 10], invalid: 'clip' } },
      prepare: { derive: { z: 'd => d.x * 2' } },
    });
    expect(prepared(changed(115), config, { lock }).quality.rows.kept).toBe(100);
  });

  it('has late rows left out, with a warning', () => {
    const result = prepared(
      withRows([
        ['a', 1970, 1, 1],
        ['b', 1970, 2, 2],
        ['c', 1969, 1, 1],
      ]),
      byYear,
      { lock },
    );
    expect(result.leftOut).toEqual({ afterWindow: 20, late: 3 });
    expect(result.quality.rows).toMatchObject({ read: 100, kept: 100 });
    expect(result.warnings).toEqual([
      "3 rows inside the lock's window arrived after it was written (1969: 1, 1970: 2) and are left out: ciclo lock takes them in",
    ]);
    expect(result.splits).toEqual(prepared(source, byYear, { lock }).splits);
    expect(result.lock).toEqual(lock);
  });

  it('has late rows left out whatever they are', () => {
    const late = fc.array(
      fc.tuple(fc.string(), fc.integer({ min: 1965, max: 1990 }), fc.integer(), fc.integer()),
      { minLength: 1, maxLength: 10 },
    );
    const { splits } = prepared(source, byYear, { lock });
    fc.assert(
      fc.property(late, (rows) => {
        const result = prepared(withRows(rows), byYear, { lock });
        expect(result.splits).toEqual(splits);
        expect(result.leftOut.late).toBe(rows.filter(([, year]) => year <= 1974).length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('without a window', () => {
  const config = configOf({ data: { key: 'k' } });
  const { lock } = prepared(source, config);

  it('the files are pinned by their bytes', () => {
    expect(lock.data.parts).toEqual(source.parts.map(({ name, rows, digest }) => ({ name, rows, digest })));
    expect(lock.data.window).toBeUndefined();
    expect(prepared(source, config, { lock }).lock).toEqual(lock);
  });

  it('a file that changed, came or went is named', () => {
    expect(refusal(changed(25), config, { lock })).toBe(
      'the data is not what ciclo.lock pins:\n' +
        '  data/1971.csv: changed, still 20 rows\n' +
        'restore it, or accept the change with ciclo lock',
    );
    const { 'data/1970.csv': _gone, ...kept } = files;
    const moved = withRows([['a', 1970, 1, 1]], { 'data/1970-a.csv': 20, ...kept });
    expect(refusal(moved, config, { lock })).toBe(
      'the data is not what ciclo.lock pins:\n' +
        '  data/1970.csv: gone, 20 rows before\n' +
        '  data/1970-a.csv: new, 20 rows\n' +
        '  data/late.csv: new, 1 row\n' +
        'restore it, or accept the change with ciclo lock',
    );
  });

  it('there is no end to move', () => {
    expect(refusal(source, config, { lock, moveLock: { until: '1976' } })).toBe(
      'lock --until 1976: ciclo.yml declares no data.time, so the data has no window; name the column of the event time there',
    );
  });
});

describe('a configuration that is not what the lock froze', () => {
  const lock = lockUntil('1974');

  it.each([
    [
      configOf({ data: { key: ['k', 'x'], time: 'year' } }),
      'data.key is ["k","x"], but ciclo.lock froze ["k"]: another key moves rows between training and test, so that no former model can be compared. Put the key back, or delete ciclo.lock and run ciclo lock',
    ],
    [
      configOf({ data: { key: 'k', time: 'year' }, split: { seed: 2 } }),
      'split.seed is 2, but ciclo.lock froze 1: another seed moves rows between training and test, so that no former model can be compared. Take split.seed out, or delete ciclo.lock and run ciclo lock',
    ],
    [
      configOf({ data: { key: 'k' } }),
      'ciclo.lock was made with data.time: year, ciclo.yml now has none: run ciclo lock to accept the change',
    ],
    [
      configOf({ data: { key: 'k', time: 'year' }, features: { x: { type: 'category' } } }),
      'the columns are not what ciclo.lock froze:\n  column x: number before, ciclo.yml now makes it category\nput them back, or accept the change with ciclo lock',
    ],
  ])('is refused', (config, message) => {
    expect(refusal(source, config, { lock })).toBe(message);
  });

  it('may not lose a column; a new one waits, unless ciclo.yml names it', () => {
    const { x, ...rest } = columns;
    expect(refusal(sourceOf({ ...rest, z: x }, files), byYear, { lock })).toBe(
      'the columns are not what ciclo.lock froze:\n  column x: gone, number before\nput them back, or accept the change with ciclo lock',
    );
    const wider = sourceOf({ ...columns, z: x, extra: x }, files);
    const result = prepared(wider, byYear, { lock });
    expect(result.warnings).toEqual([
      'the columns z, extra came after ciclo.lock was written and are left out: ciclo lock takes them in',
    ]);
    expect(result.splits).toEqual(prepared(source, byYear, { lock }).splits);
    const named = configOf({ data: { key: 'k', time: 'year' }, features: { z: { scale: 'robust' } } });
    expect(refusal(wider, named, { lock })).toBe(
      'the columns are not what ciclo.lock froze:\n  column z: new, and ciclo.yml names it\nput them back, or accept the change with ciclo lock',
    );
  });

  it('must have the columns of the key', () => {
    const { k, ...rest } = columns;
    expect(
      refusal(sourceOf({ ...rest, z: k }), configOf({ data: { time: 'year' } }), { lock, moveLock: {} }),
    ).toBe(
      'ciclo.lock: the key has k, which the data no longer has: bring the column back, or delete ciclo.lock and run ciclo lock (the split changes)',
    );
  });
});

describe('a window', () => {
  it('must hold rows', () => {
    expect(refusal(source, byYear, { moveLock: { until: '1960' } })).toBe(
      'lock --until 1960: no row has year up to then; the earliest is 1970',
    );
  });

  it('may be of dates, by month', () => {
    const day = times(n, (i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    const config = configOf({ data: { key: 'k', time: 'year' } });
    const { lock } = prepared(sourceOf({ ...columns, year: day }), config, {
      moveLock: { until: '2026-03' },
    });
    expect(lock.data.parts.map(({ name, rows }) => [name, rows])).toEqual([
      ['2026-01', 31],
      ['2026-02', 28],
      ['2026-03', 31],
    ]);
    expect(lock.data.window).toEqual({ column: 'year', until: '2026-03' });
  });

  it('keeps the width of its periods as data grows', () => {
    const wide = sourceOf({ ...columns, year: times(n, (i) => (i < 100 ? i : 100)) });
    expect(lockUntil('50', undefined, wide).data.window).toEqual({ column: 'year', until: '50' });
    const many = {
      k: times(2000, (i) => `k${i}`),
      year: times(2000, (i) => i),
      x: times(2000, (i) => i),
      y: times(2000, (i) => i),
    };
    const lock = lockUntil('1500', undefined, sourceOf(many));
    expect(lock.data.window).toEqual({ column: 'year', until: '1500', step: 10 });
    expect(lock.data.parts.length).toBe(151);
    expect(prepared(sourceOf(many), byYear, { lock }).leftOut).toEqual({ afterWindow: 499, late: 0 });
  });

  it('takes in rows without a time', () => {
    const year = columns.year.map((value, i) => (i === 3 ? null : value));
    const lock = lockUntil('1973', undefined, sourceOf({ ...columns, year }));
    expect(lock.data.parts.at(-1)).toMatchObject({ name: '(no time)', rows: 1 });
  });
});
