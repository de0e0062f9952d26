import { describe, expect, it, test } from 'vitest';
import { profileOver, profileTable } from '../dataset/profile/profile.ts';
import { type Column, type Table, tableOf } from '../dataset/table/table.ts';
import { booleans, categories, dates, numbers, schemaOf } from '../dataset/testing/dataset-builders.ts';
import { createRandom, type Random } from '../platform/random.ts';
import { compareTables } from './drift.ts';
import { type DriftReport, driftReportSchema } from './report/drift-report.ts';

/** What is known of the reference: its rows, or the profile that a release has. */
const ways = ['rows', 'published profile'] as const;
type Way = (typeof ways)[number];

function compared(reference: Table, current: Table, way: Way = 'rows', minRows = 30): DriftReport {
  const profile = profileTable(
    reference,
    schemaOf(reference),
    way === 'published profile' ? { minCount: 5 } : {},
  );
  const report = compareTables(
    {
      reference: profile,
      current: profileOver(profile, current),
      tables: { current, ...(way === 'rows' ? { reference } : {}) },
      multivariate: false,
    },
    { minRows },
  );
  return driftReportSchema.parse(JSON.parse(JSON.stringify(report)));
}

/** Sixty sensors around 50; those that are given are as given. */
function sensors(rows: number, random: Random, own: Record<string, Column> = {}): Table {
  const names = Array.from({ length: 60 }, (_, i) => `s${i}`);
  return tableOf(
    names.map((name): [string, Column] => [
      name,
      own[name] ?? numbers(Array.from({ length: rows }, () => 50 + 3 * random.normal())),
    ]),
  );
}

const rows = 300;
const draw = <T>(make: () => T, count = rows): T[] => Array.from({ length: count }, make);

describe.each(ways)('by the %s', (way) => {
  const random = createRandom(`structure, ${way}`);
  const before = sensors(rows, random);
  const alarmOf = (own: Record<string, Column>): DriftReport =>
    compared(before, sensors(rows, random, own), way);

  it('a dead sensor among sixty is drift, whatever its weight', () => {
    const report = alarmOf({ s7: numbers(draw(() => 49.31)) });
    expect(report).toMatchObject({ outcome: 'drift', drift: true, structural: true, severity: 'major' });
    expect(report.headline).toBe('Drift: s7 is constant at 49.31');
    expect(report.share.drifted).toBeLessThan(report.share.limit);
  });

  it('a sensor that reports in another unit is drift, and the factor is named', () => {
    const report = alarmOf({ s7: numbers(draw(() => 1000 * (50 + 3 * random.normal()))) });
    expect(report.headline).toBe('Drift: s7 is 1,000 times what it was: has its unit changed?');
    const less = alarmOf({ s7: numbers(draw(() => (50 + 3 * random.normal()) / 10)) });
    expect(less.headline).toBe('Drift: s7 is 1/10 of what it was: has its unit changed?');
  });

  it('a sensor whose values lie apart is drift', () => {
    const report = alarmOf({ s7: numbers(draw(() => 80 + 3 * random.normal())) });
    expect(report.headline).toMatch(
      /^Drift: s7 lies above (every value|nearly all values) of the reference$/,
    );
    expect(report.structural).toBe(true);
  });

  it('values that are missing in 6% of the rows are drift', () => {
    const values = draw(() => (random.next() < 0.08 ? null : 50 + 3 * random.normal()));
    const report = alarmOf({ s7: numbers(values) });
    expect(report.headline).toMatch(/^Drift: s7 is missing in [\d.]+% of the rows, where it never was$/);
  });

  it('several changes are told, the first of them in the headline', () => {
    const stuck = numbers(draw(() => 50));
    const report = alarmOf({ s1: stuck, s2: stuck, s3: stuck, s4: stuck });
    expect(report.headline).toBe(
      'Drift: s1 is constant at 50; s2 is constant at 50; and 2 more such changes',
    );
    expect(report.reasons.slice(0, 4)).toEqual(['s1', 's2', 's3', 's4'].map((s) => `${s} is constant at 50`));
  });

  it('nothing of it is told where nothing has changed', () => {
    const report = compared(before, sensors(rows, random), way);
    expect(report).toMatchObject({ drift: false, structural: false });
    expect(report.columns.flatMap(({ structural }) => structural)).toEqual([]);
  });

  it('a category that comes with 4% of the rows is drift, by its name', () => {
    const common = (): string => `c${random.integer(3)}`;
    const now = categories([...draw(common, 288), ...draw(() => 'X', 12)]);
    const report = compared(
      tableOf([['place', categories(draw(common, 1000))]]),
      tableOf([['place', now]]),
      way,
    );
    expect(report.headline).toBe('Drift: place: "X" is new: 4%');
    expect(report.columns[0]!.structural[0]).toMatchObject({ change: 'new-categories', drifted: true });
  });
});

describe('what is rare', () => {
  const random = createRandom('rare');
  const zipf = (levels: number, count: number): Column => {
    const weights = Array.from({ length: levels }, (_, i) => 1 / (i + 1));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return categories(
      draw(() => {
        let left = random.next() * sum;
        let level = 0;
        while (level < levels - 1 && left >= weights[level]!) left -= weights[level++]!;
        return `level ${level}`;
      }, count),
    );
  };

  test('a new category is no alarm where there are always some', () => {
    const alarms = draw(
      () => compared(tableOf([['name', zipf(500, 300)]]), tableOf([['name', zipf(500, 300)]])),
      60,
    ).filter(({ structural }) => structural);
    // 60 checks at a part of 1.25%: more than three are less likely than one in a hundred.
    expect(alarms.length).toBeLessThanOrEqual(3);
  });

  test('of a published profile, a new category may be a rare one that it does not name, and the report says so', () => {
    const before = categories([...draw(() => 'a', 600), ...draw(() => 'rare', 4), ...draw(() => 'b', 396)]);
    const now = categories([...draw(() => 'a', 150), ...draw(() => 'rare', 30), ...draw(() => 'b', 120)]);
    const report = compared(tableOf([['x', before]]), tableOf([['x', now]]), 'published profile');
    expect(report.headline).toBe('Drift: x: "rare" is new, or was rare: 10%');
  });

  test('is not named: neither a new category nor the value of a constant, of fewer than five rows', () => {
    const before = tableOf([
      ['name', categories(draw(() => `c${random.integer(3)}`))],
      ['age', numbers(draw(() => random.normal()))],
    ]);
    const now = tableOf([
      ['name', categories(['Jane Roe', 'Jane Roe', 'Jane Roe', 'Jane Roe'])],
      ['age', numbers([41.7, 41.7, 41.7, 41.7])],
    ]);
    const report = compared(before, now, 'rows', 2);
    expect(report.headline).toContain('age is constant');
    expect(JSON.stringify(report)).not.toContain('Jane Roe');
    expect([report.headline, ...report.reasons, ...report.columns[1]!.reasons].join()).not.toContain('41.7');
  });
});

describe('a change of structure', () => {
  const random = createRandom('kinds');

  test('is not seen in dates that move on, nor in a label', () => {
    const day = (from: number): string =>
      new Date(Date.UTC(2026, 0, 1 + from + random.integer(100))).toISOString();
    const of = (from: number, label: number): Table =>
      tableOf([
        ['when', dates(draw(() => day(from)))],
        ['y', numbers(draw(() => label + random.normal()))],
      ]);
    const report = compared(of(0, 0), of(1000, 1000));
    expect(report.structural).toBe(false);
  });

  test('of a boolean is told, and so is that all values are missing', () => {
    const before = tableOf([
      ['flag', booleans(draw(() => random.next() < 0.2))],
      ['gone', numbers(draw(() => random.normal()))],
    ]);
    const now = tableOf([
      ['flag', booleans(draw(() => false))],
      ['gone', numbers(draw(() => null))],
    ]);
    expect(compared(before, now).reasons.slice(0, 2)).toEqual([
      'flag is constant at "false"',
      'gone is missing in all rows, where it never was',
    ]);
  });

  test('has a part of the false-alarm rate that all its tests share', () => {
    const table = sensors(rows, random);
    const rate = compared(table, table)['false-alarm-rate'];
    expect(rate.structural).toBeCloseTo(0.0125, 12);
    expect(rate.columns + rate.structural!).toBeCloseTo(rate.check, 12);
  });

  test('of a column that is gone counts as one, without a test', () => {
    const before = sensors(rows, random);
    const now = tableOf([...before.columns].filter(([name]) => name !== 's7'));
    expect(compared(before, now)).toMatchObject({ drift: true, structural: true });
  });
});
