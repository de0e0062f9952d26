import { describe, expect, it } from 'vitest';
import { profileOver, profileTable } from '../dataset/profile/profile.ts';
import type { ColumnProfile, NumberProfile, Profile } from '../dataset/profile/profile-schema.ts';
import type { ColumnSchema } from '../dataset/schema/schema.ts';
import { type Column, type Table, tableOf } from '../dataset/table/table.ts';
import { booleans, categories, dates, numbers, schemaOf } from '../dataset/testing/dataset-builders.ts';
import { createRandom } from '../platform/random.ts';
import { compareTables } from './drift.ts';
import type { DriftInput } from './drift-input.ts';
import { type ColumnDrift, type DriftReport, driftReportSchema } from './report/drift-report.ts';
import type { DriftOptions } from './verdict/drift-options.ts';

const random = createRandom(20);
const normals = (rows: number, shift = 0): number[] =>
  Array.from({ length: rows }, () => random.normal() + shift);
const letters = (rows: number, of: number): string[] =>
  Array.from({ length: rows }, () => `c${random.integer(of)}`);
const fill = <T>(rows: number, value: T): T[] => new Array<T>(rows).fill(value);

interface Compared extends DriftOptions {
  readonly input?: Partial<DriftInput>;
  readonly schema?: Record<string, Partial<ColumnSchema>>;
  /** Compare the rows, not only the profiles; default. */
  readonly rows?: boolean;
}

function compared(
  a: Record<string, Column>,
  b: Record<string, Column>,
  { input = {}, schema = {}, rows = true, ...options }: Compared = {},
): DriftReport {
  const [reference, current] = [tableOf(Object.entries(a)), tableOf(Object.entries(b))];
  const profile = profileTable(reference, schemaOf(reference, schema));
  const made = compareTables(
    {
      reference: profile,
      current: profileOver(profile, current),
      ...(rows ? { tables: { reference, current } } : {}),
      multivariate: false,
      ...input,
    },
    options,
  );
  return driftReportSchema.parse(JSON.parse(JSON.stringify(made)));
}

function column(report: DriftReport, name = 'x'): ColumnDrift {
  const found = report.columns.find((one) => one.name === name);
  if (!found) throw new Error(`no column ${name}`);
  return found;
}

describe('each state of a column has an outcome', () => {
  const steady = numbers(normals(200));

  it('compared: a shift is drift, in words and numbers', () => {
    const report = compared({ x: numbers(normals(300)) }, { x: numbers(normals(300, 0.8)) });
    expect(report).toMatchObject({ outcome: 'drift', drift: true, severity: 'major' });
    expect(report.headline).toMatch(/^Drift: 100% of the columns drifted \(alarm threshold 30%\): x$/);
    expect(column(report)).toMatchObject({
      outcome: 'compared',
      drifted: true,
      exact: true,
      reference: { rows: 300, missing: 0 },
      'shift-unit': 'standard-deviations',
    });
    expect(column(report).reasons[0]).toMatch(
      /^values drifted: shifted by 0\.\d+ standard deviations \(alarm from 0\.1\)/,
    );
  });

  it('compared: significant but small is not drift', () => {
    const a = Array.from({ length: 60_000 }, (_, i) => i / 60_000);
    const report = compared({ x: numbers(a) }, { x: numbers(a.map((value) => value + 0.02)) });
    expect(column(report)['adjusted-p']).toBeLessThan(1e-6);
    expect(column(report).drifted).toBe(false);
    expect(column(report).reasons[0]).toMatch(/^values below the minimum effect/);
    expect(report.drift).toBe(false);
  });

  it('constant on both sides, and constant before', () => {
    expect(column(compared({ x: numbers(fill(50, 3)) }, { x: numbers(fill(40, 3)) }))).toMatchObject({
      outcome: 'constant',
      drifted: false,
      tests: [],
      statistics: { ks: { value: 0, p: 1 }, 'wasserstein-normalised': { value: 0 } },
    });
    const moved = column(compared({ x: numbers(fill(50, 3)) }, { x: numbers(fill(40, 4)) }));
    expect(moved).toMatchObject({
      outcome: 'compared',
      drifted: true,
      statistics: { ks: { value: 1 }, wasserstein: { value: 1 }, 'wasserstein-normalised': { value: null } },
      'shift-unit': 'share-of-rows',
    });
    expect(moved.reasons.join()).toContain('the reference has no spread');
  });

  it('all missing: drift of missing values where there were some before, nothing where there were none', () => {
    const gone = column(compared({ x: steady }, { x: numbers(fill(100, null)) }));
    expect(gone).toMatchObject({ outcome: 'all-missing', drifted: true, current: { missing: 100 } });
    expect(gone.reasons.join()).toContain('every value is missing in the current rows');
    const never = column(compared({ x: numbers(fill(50, null)) }, { x: numbers(fill(50, null)) }));
    expect(never).toMatchObject({
      outcome: 'all-missing',
      drifted: false,
      'adjusted-p': null,
      statistics: {},
    });
    expect(never.reasons).toEqual(['every value is missing in both sides']);
  });

  it('empty: no current rows are nothing to compare', () => {
    const report = compared({ x: steady }, { x: numbers([]) });
    expect(report).toMatchObject({ outcome: 'nothing-to-compare', drift: false, severity: 'none' });
    expect(column(report)).toMatchObject({ outcome: 'empty', reasons: ['no row on the current rows'] });
  });

  it('one row is not enough data, and says how many are needed', () => {
    const report = compared(
      { x: steady, c: categories(letters(200, 3)) },
      { x: numbers([9]), c: categories(['z']) },
    );
    expect(report).toMatchObject({ outcome: 'not-enough-data', drift: false, 'rows-needed': 30 });
    expect(report.headline).toBe('Not decided: not enough data: 1 current row; 30 are needed on each side');
    expect(column(report).statistics.ks?.value).toBe(1);
  });

  it('a new category is named, and drift when it is many rows', () => {
    const before = { x: categories(letters(400, 4)) };
    const few = column(compared(before, { x: categories([...letters(395, 4), ...fill(5, 'new')]) }));
    expect(few).toMatchObject({ drifted: false, 'new-categories': [{ value: 'new', rows: 5 }] });
    // Reports are published: what fewer than five rows have is counted, not named.
    const rare = column(compared(before, { x: categories([...letters(396, 4), ...fill(4, 'Jane Roe')]) }));
    expect(rare['new-categories']).toEqual([]);
    expect(rare.reasons.join()).toContain('1 new category in 1% of the current rows');
    expect(JSON.stringify(rare)).not.toContain('Jane Roe');
    const many = column(compared(before, { x: categories([...letters(360, 4), ...fill(40, 'new')]) }));
    expect(many).toMatchObject({ drifted: true, 'new-categories': [{ value: 'new', rows: 40 }] });
    expect(many.reasons.join()).toContain('1 new category in 10% of the current rows');
  });

  it('a vanished column and another type are drift without a test, however few the rows', () => {
    const vanished = compared(
      { x: steady, y: steady, z: steady, w: steady },
      { y: numbers([1]), z: numbers([1]), w: numbers([2]) },
      { schema: { y: { role: 'feature' } } },
    );
    expect(vanished).toMatchObject({ outcome: 'drift', severity: 'major' });
    expect(column(vanished)).toMatchObject({ outcome: 'vanished', drifted: true, 'adjusted-p': null });
    const sizes = [...fill(30, 'large'), ...fill(15, 'small'), ...fill(9, '7.5')];
    const retyped = compared({ x: steady }, { x: categories(sizes) });
    expect(column(retyped)).toMatchObject({ outcome: 'type-changed', drifted: true });
    expect(retyped.headline).toBe(
      'Drift: x: it was a number and is a category now, such as "large" and "small"',
    );
  });

  it('a new column is shown and changes nothing', () => {
    const report = compared(
      { x: steady },
      { x: steady },
      { input: { newColumns: [{ name: 'n', type: 'date' }] } },
    );
    expect(column(report, 'n')).toMatchObject({ outcome: 'new-column', kind: 'date', drifted: false });
    expect(report.drift).toBe(false);
  });

  it('a target without labels is not drift', () => {
    const report = compared({ x: steady, y: steady }, { x: steady });
    expect(column(report, 'y')).toMatchObject({ outcome: 'no-labels', drifted: false, role: 'target' });
    expect(report.drift).toBe(false);
  });

  it('missing values that come more often are drift', () => {
    const some = numbers(normals(300).map((x, i) => (i % 5 === 0 ? null : x)));
    const found = column(compared({ x: numbers(normals(300)) }, { x: some }));
    expect(found.tests.find((test) => test.of === 'missing')).toMatchObject({
      drifted: true,
      method: 'exact',
    });
    expect(found.tests.find((test) => test.of === 'values')).toMatchObject({ drifted: false });
  });

  it('booleans and dates', () => {
    const days = (from: number): string[] =>
      Array.from({ length: 120 }, (_, i) => new Date(Date.UTC(2020, 0, from + (i % 60))).toISOString());
    const report = compared(
      { b: booleans(fill(120, true).map((_, i) => i % 2 === 0)), d: dates(days(1)) },
      { b: booleans(fill(120, true)), d: dates(days(40)) },
    );
    expect(column(report, 'b')).toMatchObject({
      drifted: true,
      tests: [{ test: 'chi-squared', method: 'exact' }],
    });
    expect(column(report, 'd')).toMatchObject({ kind: 'date', drifted: true });
    expect(column(report, 'd').bins[0]!.label).toMatch(/^to 2020-01-\d\d(?:T12:00Z)?$/);
  });
});

describe('profiles alone', () => {
  it('of ten million rows, as counts', () => {
    const points = Array.from({ length: 512 }, (_, i) => i);
    const profile = (weight: (i: number) => number): Profile => {
      const between = [0, ...points.map(weight)].map((rows) => Math.round(rows));
      const rows = between.reduce((sum, count) => sum + count, 0);
      const x: NumberProfile = {
        name: 'x',
        role: 'feature',
        type: 'number',
        support: 'quantiles',
        points,
        at: points.map(() => 0),
        between,
        missing: 0,
        moments: { count: rows, mean: 256, m2: rows * 150 ** 2, min: 0, max: 600 },
      };
      return { version: 1, rows, columns: [x] };
    };
    const even = profile(() => 1e7 / 512);
    const tilted = profile((i) => (1e7 / 512) * (0.5 + i / 512));
    const same = compareTables({ reference: even, current: even });
    expect(same).toMatchObject({ outcome: 'no-drift' });
    const found = compareTables({ reference: even, current: tilted });
    expect(column(found)).toMatchObject({ drifted: true, exact: false });
    expect(column(found).reasons.join()).toContain('compared by the reference profile');
    expect(driftReportSchema.safeParse(found).success).toBe(true);
  });

  it('by quantiles find what the rows find, and never a larger distance', () => {
    const [a, b] = [{ x: numbers(normals(5000)) }, { x: numbers(normals(5000, 0.3)) }];
    const [byRows, byProfile] = [column(compared(a, b)), column(compared(a, b, { rows: false }))];
    expect(byProfile.exact).toBe(false);
    expect(byProfile.drifted).toBe(true);
    expect(byProfile.statistics.ks!.value).toBeLessThanOrEqual(byRows.statistics.ks!.value!);
    expect(byProfile.statistics.ks!.value).toBeGreaterThan(byRows.statistics.ks!.value! - 0.01);
    expect(byProfile.statistics.wasserstein!.value).toBeCloseTo(byRows.statistics.wasserstein!.value!, 2);
    expect(
      byProfile.statistics['cramer-von-mises']!.value! / byRows.statistics['cramer-von-mises']!.value!,
    ).toBeCloseTo(1, 2);
  });

  it('that name too few categories in common say so', () => {
    const [a, b] = [letters(3000, 1e6), letters(3000, 1e6)];
    const report = compared({ x: categories(a) }, { x: categories(b) }, { rows: false });
    expect(column(report)).toMatchObject({ outcome: 'too-many-categories', drifted: false });
    const byRows = column(compared({ x: categories(a) }, { x: categories(b) }, { permutations: 199 }));
    expect(byRows).toMatchObject({ outcome: 'compared', drifted: false });
  });

  it('with rare categories put together find no drift where there is none', () => {
    const draw = (rows: number): string[] =>
      Array.from({ length: rows }, () => `c${Math.floor(random.next() ** -1.5)}`);
    const report = compared({ x: categories(draw(3000)) }, { x: categories(draw(30_000)) }, { rows: false });
    expect(column(report)).toMatchObject({ outcome: 'compared', drifted: false, exact: false });
    expect(column(report).reasons.join()).toContain('rare categories are compared together');
  });
});

describe('the verdict on the table', () => {
  const drifting = (names: string, moved: string): Record<string, Column> =>
    Object.fromEntries([...names].map((name) => [name, numbers(normals(300, moved.includes(name) ? 1 : 0))]));

  it('is drift from the declared share of features on', () => {
    const names = 'abcdefghij';
    const two = compared(drifting(names, ''), drifting(names, 'ab'));
    expect(two).toMatchObject({ outcome: 'no-drift', severity: 'minor' });
    expect(two.headline).toBe('No drift alarm: a, b drifted, below the alarm threshold for the table');
    expect(two.share.drifted).toBeCloseTo(0.2, 12);
    expect(compared(drifting(names, ''), drifting(names, 'abc')).outcome).toBe('drift');
  });

  it('weighs features by what they are to the model', () => {
    const importance = { a: 0.9, b: 0.05, c: 0.05 };
    const one = compared(drifting('abc', ''), drifting('abc', 'a'), { input: { importance }, share: 0.5 });
    expect(one).toMatchObject({ drift: true, share: { drifted: 0.9 } });
    const other = compared(drifting('abc', ''), drifting('abc', 'bc'), { input: { importance }, share: 0.5 });
    expect(other.drift).toBe(false);
  });

  it('is drift when the predictions drift, from their own part of the error budget', () => {
    const profileOf = (values: number[], over?: Profile): Profile => {
      const table = tableOf([['prediction', numbers(values)]]);
      return over ? profileOver(over, table) : profileTable(table, schemaOf(table));
    };
    const before = profileOf(normals(300));
    const sides = (shift: number): { reference: ColumnProfile; current: ColumnProfile } => ({
      reference: before.columns[0]!,
      current: profileOf(normals(300, shift), before).columns[0]!,
    });
    const moved = compared(drifting('abc', ''), drifting('abc', ''), { input: { prediction: sides(0.7) } });
    expect(moved).toMatchObject({ drift: true, prediction: { drifted: true, role: 'prediction' } });
    const rates = moved['false-alarm-rate'];
    expect(rates.columns + rates.structural! + rates.prediction).toBeCloseTo(0.05, 12);
    expect(rates.multivariate).toBe(0);
    expect(moved.headline).toMatch(
      /^Drift: predictions shifted by [\d.]+ standard deviations \(alarm from 0\.1\)/,
    );
  });

  it('sees by all features together what none shows alone', () => {
    const pairs = (rows: number, sign: number): Table => {
      const x = normals(rows);
      const y = x.map((value) => sign * value + 0.6 * random.normal());
      return tableOf([
        ['x', numbers(x)],
        ['z', numbers(y)],
        ['c', categories(letters(rows, 3))],
      ]);
    };
    const [reference, current] = [pairs(300, 1), pairs(250, -1)];
    const profile = profileTable(reference, schemaOf(reference));
    const input = {
      reference: profile,
      current: profileOver(profile, current),
      tables: { reference, current },
    };
    const report = compareTables(input);
    expect(report.columns.filter(({ drifted }) => drifted)).toEqual([]);
    expect(report).toMatchObject({ drift: true, multivariate: { outcome: 'compared', drifted: true } });
    expect(compareTables(input)).toEqual(report);
    const alone = compareTables({ reference: profile, current: input.current, multivariate: true });
    expect(alone.multivariate).toMatchObject({ outcome: 'not-available', auc: null });
    expect(alone['false-alarm-rate'].multivariate).toBe(0);
  });

  it('states the rate of false alarms in a year', () => {
    const report = compared({ x: numbers(normals(50)) }, { x: numbers(normals(50)) }, { checksPerYear: 52 });
    expect(report['false-alarm-rate']).toMatchObject({ check: 0.05, 'per-year': 2.6 });
    expect(report.assumptions.join()).toContain('independent');
  });
});

describe('the smallest detectable shift', () => {
  const power = (draw: (shift: number) => Column, shift: number, runs = 120): number => {
    let seen = 0;
    for (let run = 0; run < runs; run++) {
      seen += Number(column(compared({ x: draw(0) }, { x: draw(shift) })).drifted) / runs;
    }
    return seen;
  };

  it('is seen in 80 % of windows or a little more: numbers', () => {
    for (const rows of [100, 1000]) {
      const shift = column(compared({ x: numbers(normals(rows)) }, { x: numbers(normals(rows)) }))[
        'detectable-shift'
      ]!;
      expect(shift).toBeGreaterThan(rows === 100 ? 0.3 : 0.1);
      const seen = power((by) => numbers(normals(rows, by)), shift);
      expect(seen).toBeGreaterThan(0.7);
      expect(power((by) => numbers(normals(rows, by)), shift / 2)).toBeLessThan(0.6);
    }
  });

  it('is seen in 80 % of windows or a little more: categories', () => {
    const draw = (by: number): Column =>
      categories(
        Array.from({ length: 400 }, () => {
          const u = random.next();
          return u < 0.5 - by ? 'a' : u < 0.75 - by / 2 ? 'b' : 'c';
        }),
      );
    const shift = column(compared({ x: draw(0) }, { x: draw(0) }))['detectable-shift']!;
    expect(power(draw, shift)).toBeGreaterThan(0.7);
    expect(power(draw, shift / 2)).toBeLessThan(0.6);
  });

  it('is none where the rows are too few for any', () => {
    const report = compared({ x: numbers([1, 2]) }, { x: numbers([1, 2]) });
    expect(column(report)['detectable-shift']).toBeNull();
    expect(column(report).reasons.join()).toContain('too few rows to detect any change reliably');
  });
});
