import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, type Table, tableOf } from '../table/table.ts';
import { booleans, categories, dates, numbers, schemaOf } from '../testing/dataset-builders.ts';
import {
  formatProfile,
  mergeProfiles,
  type Profile,
  profileInPassing,
  profileOver,
  profileSchema,
  profileTable,
} from './profile.ts';
import type { CategoryProfile, NumberProfile } from './profile-schema.ts';

function profileOf(column: Column, minCount?: number): Profile {
  const table = tableOf([['x', column]]);
  return profileTable(table, schemaOf(table), minCount === undefined ? {} : { minCount });
}

function numbersIn(profile: Profile): NumberProfile {
  const [column] = profile.columns;
  if (column?.type !== 'number' && column?.type !== 'date')
    throw new Error('a profile of numbers was expected');
  return column;
}

function categoriesIn(profile: Profile): CategoryProfile {
  const [column] = profile.columns;
  if (column?.type !== 'category') throw new Error('a profile of categories was expected');
  return column;
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const value = fc.option(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(-0),
  ),
);
const text = fc.option(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 2 })));
const row = fc.record({
  n: value,
  c: text,
  b: fc.option(fc.boolean()),
  t: fc.option(fc.date({ noInvalidDate: true })),
});
type Made = typeof row extends fc.Arbitrary<infer T> ? T : never;

function tableOfRows(rows: readonly Made[]): Table {
  return tableOf([
    ['n', numbers(rows.map(({ n }) => n))],
    ['c', categories(rows.map(({ c }) => c))],
    ['b', booleans(rows.map(({ b }) => b))],
    ['t', dates(rows.map(({ t }) => t?.toISOString() ?? null))],
  ]);
}

/** Everything but the moments' rounding. */
function countsOf(profile: Profile): unknown {
  const columns = profile.columns.map((column) =>
    'moments' in column ? { ...column, moments: { ...column.moments, mean: 0, m2: 0 } } : column,
  );
  return { ...profile, columns };
}

describe('profiles over one reference', () => {
  const rows = fc.array(row, { maxLength: 30 });

  it('add up: days into a week', () => {
    fc.assert(
      fc.property(rows, rows, rows, (reference, a, b) => {
        const whole = tableOfRows(reference);
        const over = profileTable(whole, schemaOf(whole));
        const merged = mergeProfiles(profileOver(over, tableOfRows(a)), profileOver(over, tableOfRows(b)));
        const together = profileOver(over, tableOfRows([...a, ...b]));
        expect(countsOf(merged)).toEqual(countsOf(together));
        merged.columns.forEach((column, i) => {
          const other = together.columns[i]!;
          if (!('moments' in column) || !('moments' in other)) return;
          const { mean, m2, min, max } = other.moments;
          const size = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0));
          expect(Math.abs(column.moments.mean - mean)).toBeLessThanOrEqual(1e-9 * size);
          // Squares below the smallest normal double lose their digits.
          expect(Math.abs(column.moments.m2 - m2)).toBeLessThanOrEqual(1e-9 * m2 + 2 ** -1022);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('count every row once, and the reference itself as it was counted', () => {
    fc.assert(
      fc.property(rows, rows, (reference, others) => {
        const whole = tableOfRows(reference);
        const over = profileTable(whole, schemaOf(whole));
        expect(profileOver(over, whole)).toEqual(over);
        for (const column of profileOver(over, tableOfRows(others)).columns) {
          const counted =
            column.type === 'boolean'
              ? column.false + column.true
              : column.type === 'category'
                ? total(column.counts) + column.others.rows
                : total(column.at) + total(column.between);
          expect(counted + column.missing).toBe(others.length);
        }
      }),
    );
  });

  it('survive their text', () => {
    fc.assert(
      fc.property(rows, (made) => {
        const table = tableOfRows(made);
        const profile = profileTable(table, schemaOf(table));
        expect(profileSchema.parse(JSON.parse(formatProfile(profile)))).toEqual(profile);
        expect(formatProfile(profileSchema.parse(JSON.parse(formatProfile(profile))))).toBe(
          formatProfile(profile),
        );
      }),
    );
  });
});

describe('a profile of numbers', () => {
  it('is exact up to 2,048 distinct values', () => {
    const profile = numbersIn(profileOf(numbers([2, 1, 2, null, -0, 0])));
    expect(profile).toEqual({
      name: 'x',
      role: 'feature',
      type: 'number',
      support: 'values',
      points: [0, 1, 2],
      at: [2, 1, 2],
      between: [0, 0, 0, 0],
      missing: 1,
      moments: { count: 5, mean: 1, m2: 4, min: 0, max: 2 },
    });
    const edge = Array.from({ length: 2048 }, (_, i) => i / 7);
    expect(numbersIn(profileOf(numbers(edge))).support).toBe('values');
    expect(numbersIn(profileOf(numbers([...edge, -1]))).support).toBe('quantiles');
  });

  it('shows ties among many distinct values at a point of their own', () => {
    const tied = [
      ...Array.from({ length: 9000 }, (_, i) => i),
      ...Array.from({ length: 3000 }, () => 4321.5),
    ];
    const profile = numbersIn(profileOf(numbers(tied)));
    const at = profile.points.indexOf(4321.5);
    expect(profile.at[at]).toBe(3000);
    expect(profile.points.length).toBeLessThanOrEqual(513);
    expect(Math.max(...profile.between)).toBeLessThan(30);
    expect([profile.points[0], profile.points.at(-1)]).toEqual([0, 8999]);
    expect(total(profile.at) + total(profile.between)).toBe(12000);
  });

  it('counts a new value in the gap where it falls', () => {
    const reference = profileOf(numbers([1, 2, 3]));
    const later = numbersIn(profileOver(reference, tableOf([['x', numbers([0, 1, 1.5, 1.7, 9, 9, null])]])));
    expect({ at: later.at, between: later.between, missing: later.missing }).toEqual({
      at: [1, 0, 0],
      between: [1, 2, 0, 2],
      missing: 1,
    });
  });

  it('agrees with numpy on the moments of values whose mean is large', () => {
    // numpy.var([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]) is 22.5
    const { mean, m2 } = numbersIn(profileOf(numbers([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]))).moments;
    expect([mean, m2 / 4]).toEqual([1e9 + 10, 22.5]);
  });

  it('is empty but valid without values', () => {
    for (const column of [numbers([]), numbers([null, null]), dates([null])]) {
      const profile = profileOf(column);
      expect(profileSchema.safeParse(profile).success).toBe(true);
      expect(numbersIn(profile)).toMatchObject({
        points: [],
        at: [],
        between: [0],
        moments: { count: 0, min: null },
      });
    }
  });
});

describe('a profile of categories', () => {
  const many = Array.from({ length: 3000 }, (_, i) => `c${i}`);
  const column = categories([...many, ...many.slice(0, 1000)]);

  it('keeps the 2,047 most frequent above 2,048, the rest together', () => {
    const profile = categoriesIn(profileOf(column));
    expect(profile.values).toHaveLength(2047);
    expect(total(profile.counts)).toBe(1000 * 2 + 1047);
    expect(profile.others).toMatchObject({ rows: 953, distinct: 953, complete: false });
    expect(profile.others.listed).toHaveLength(256);
    expect(categoriesIn(profileOf(categories(many.slice(0, 2048)))).others.rows).toBe(0);
  });

  it('adds up exactly even where more new categories arrive than are named', () => {
    const reference = profileOf(categories(['a']));
    const over = (values: string[]): Profile => profileOver(reference, tableOf([['x', categories(values)]]));
    const parts = [many.slice(0, 200), many.slice(100, 700), many.slice(650, 1200), ['a', 'a']];
    const merged = parts.map(over).reduce((a, b) => mergeProfiles(a, b));
    expect(merged).toEqual(over(parts.flat()));
    expect(categoriesIn(merged).others).toMatchObject({ rows: 1350, complete: false });
  });

  it('names new categories', () => {
    const reference = profileOf(categories(['a', 'b']));
    const later = categoriesIn(
      profileOver(reference, tableOf([['x', categories(['b', 'new', 'new', null])]])),
    );
    expect(later).toMatchObject({
      values: ['a', 'b'],
      counts: [0, 1],
      missing: 1,
      others: { rows: 2, distinct: 1, listed: [{ value: 'new', count: 2 }], complete: true },
    });
  });
});

describe('a profile over another table', () => {
  it('says that a column is absent or of another type, and counts nothing there', () => {
    const table = tableOf([
      ['n', numbers([1])],
      ['c', categories(['a'])],
      ['b', booleans([true])],
    ]);
    const over = profileOver(profileTable(table, schemaOf(table)), tableOf([['n', categories(['1'])]]));
    expect(over.rows).toBe(1);
    expect(over.columns).toMatchObject([
      { name: 'n', found: 'category', at: [0], between: [0, 0], missing: 0 },
      { name: 'c', found: 'absent', counts: [0] },
      { name: 'b', found: 'absent', true: 0 },
    ]);
    expect(profileSchema.safeParse(over).success).toBe(true);
  });

  it('leaves out columns that models do not see, and has the target', () => {
    const table = tableOf([
      ['n', numbers([1])],
      ['id', categories(['a'])],
      ['y', numbers([2])],
    ]);
    const profile = profileTable(table, schemaOf(table, { id: { role: 'ignored' } }));
    expect(profile.columns.map(({ name, role }) => [name, role])).toEqual([
      ['n', 'feature'],
      ['y', 'target'],
    ]);
  });

  it('cannot be added to one over another support', () => {
    const message = (a: Column, b: Column): string => {
      try {
        mergeProfiles(profileOf(a), profileOf(b));
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      return 'no error';
    };
    expect(message(numbers([1, 2]), numbers([1, 3]))).toBe(
      'cannot add profiles of x: one counts over 2 values, the other over 2 values, and they are not the same; profile both over one reference',
    );
    expect(message(categories(['a']), categories(['a', 'b']))).toBe(
      'cannot add profiles of x: one counts over 1 categories, the other over 2, and they are not the same; profile both over one reference',
    );
    expect(message(numbers([1]), categories(['a']))).toBe(
      'cannot add profiles: one has the number column x where the other has the category column x; profile both over one reference',
    );
  });
});

describe('a published profile', () => {
  it('shows no count of fewer rows than asked, and no extremes', () => {
    const column = fc.array(fc.option(fc.integer({ min: 0, max: 12 })), { minLength: 5, maxLength: 80 });
    fc.assert(
      fc.property(column, column, fc.integer({ min: 2, max: 6 }), (values, later, least) => {
        const profile = profileOf(numbers(values), least);
        const { at, between, moments, missing, points } = numbersIn(profile);
        const present = values.filter((one) => one !== null).length;
        expect(total(at) + total(between) + missing).toBe(values.length);
        expect([moments.min, moments.max]).toEqual([null, null]);
        const shown = [...at, ...between].filter((count) => count > 0);
        if (present >= least) expect(Math.min(...shown)).toBeGreaterThanOrEqual(least);
        else expect(points).toEqual([]);
        expect(profileSchema.safeParse(profile).success).toBe(true);
        // The coarser support is one like any other.
        const over = numbersIn(profileOver(profile, tableOf([['x', numbers(later)]])));
        expect(over.points).toEqual(points);
      }),
    );
  });

  it('names no rare category', () => {
    const profile = profileOf(categories(['a', 'a', 'a', 'b', 'c', null]), 2);
    expect(profile).toMatchObject({ minCount: 2 });
    expect(categoriesIn(profile)).toMatchObject({
      values: ['a'],
      counts: [3],
      others: { rows: 2, distinct: 2, listed: [], complete: false },
    });
  });

  it('refuses a count that hides nothing', () => {
    expect(() => profileOf(numbers([1]), 1)).toThrow(
      'a published profile merges values seen in fewer than 1 rows: use a whole number of at least 2',
    );
  });
});

describe('a profile from elsewhere', () => {
  it('is refused when its counts and points do not belong together', () => {
    const profile = profileOf(numbers([1, 2]));
    const broken = { ...profile, columns: [{ ...profile.columns[0], at: [1] }] };
    expect(profileSchema.safeParse(broken).success).toBe(false);
    expect(profileSchema.safeParse({ ...profile, version: 2 }).success).toBe(false);
  });
});

describe('a profile made in passing', () => {
  const table = tableOf([
    ['x', numbers([1, null, 2, 1])],
    ['c', categories(['a', 'b', null, 'a'])],
    ['key', numbers([1, 2, 3, 4])],
  ]);
  const schema = schemaOf(table, { key: { role: 'ignored' } });

  it('is that of the table, whichever columns passed', () => {
    fc.assert(
      fc.property(fc.subarray([...table.columns]), (passed) => {
        const { profile, pass } = profileInPassing(table, schema);
        for (const [name, column] of passed) pass(name, column);
        pass('derived', numbers([1, 2, 3, 4]));
        expect({ ...profile, columns: [...profile.columns] }).toEqual(profileTable(table, schema));
      }),
    );
  });

  it('takes a column that passed from what passed, and keeps no more than there is room for', () => {
    const wide = tableOf(Array.from({ length: 400 }, (_, i) => [`x${i}`, numbers([i])] as const));
    const { profile, pass } = profileInPassing(wide, schemaOf(wide));
    for (const name of wide.columns.keys()) pass(name, numbers([-1]));
    const kept = [...profile.columns].filter((column) => column.type === 'number' && column.points[0] === -1);
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThan(200);
  });
});
