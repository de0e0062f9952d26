import { describe, expect, test } from 'vitest';
import { profileOver, profileTable } from '../dataset/profile/profile.ts';
import { type Table, tableOf } from '../dataset/table/table.ts';
import { categories, numbers, schemaOf } from '../dataset/testing/dataset-builders.ts';
import { createRandom, type Random } from '../platform/random.ts';
import { type DependenceOfSides, dependenceInFile, dependenceInGroups } from './dependence/row-dependence.ts';
import { compareTables } from './drift.ts';
import { groupPermutationP } from './hypothesis-tests/permuted-groups.ts';
import { type DriftReport, driftReportSchema } from './report/drift-report.ts';

/** A level at which any one drifted column raises the verdict. */
const anyColumn = 1e-6;

function compared(reference: Table, current: Table, dependence?: DependenceOfSides): DriftReport {
  const profile = profileTable(reference, schemaOf(reference));
  const report = compareTables(
    {
      reference: profile,
      current: profileOver(profile, current),
      tables: { reference, current },
      ...(dependence ? { dependence } : {}),
    },
    { share: anyColumn, permutations: 999 },
  );
  return driftReportSchema.parse(JSON.parse(JSON.stringify(report)));
}

function autoregressions(rows: number, phi: number, random: Random): Table {
  const names = Array.from({ length: 4 }, (_, i) => `x${i}`);
  return tableOf(
    names.map((name) => {
      let value = random.normal();
      const values = Array.from({ length: rows }, () => {
        value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
        return value;
      });
      return [name, numbers(values)] as const;
    }),
  );
}

const inFile = (reference: Table, current: Table): DependenceOfSides => ({
  reference: dependenceInFile(reference),
  current: dependenceInFile(current),
});

function grouped(
  groups: number,
  random: Random,
): { table: Table; side: ReturnType<typeof dependenceInGroups> } {
  const means = Array.from({ length: groups }, () => random.normal());
  const kinds = Array.from({ length: groups }, () => random.integer(4));
  const group = Array.from({ length: 10 * groups }, (_, i) => Math.floor(i / 10));
  return {
    table: tableOf([
      ['x', numbers(group.map((g) => means[g]! + 0.3 * random.normal()))],
      ['kind', categories(group.map((g) => `k${kinds[g]!}`))],
    ]),
    side: dependenceInGroups(numbers(group), 'customer'),
  };
}

const repeats = 40;
const alarmsOf = (check: (random: Random) => DriftReport): number =>
  Array.from({ length: repeats }, (_, i) => check(createRandom(`check ${i}`))).filter(({ drift }) => drift)
    .length;

describe('where nothing has changed', () => {
  test('slowly varying rows alarm hardly ever, though nearly always where nobody counts them as fewer', () => {
    const check = (random: Random, counted: boolean): DriftReport => {
      const [before, now] = [autoregressions(600, 0.9, random), autoregressions(300, 0.9, random)];
      return compared(before, now, counted ? inFile(before, now) : undefined);
    };
    expect(alarmsOf((random) => check(random, false))).toBeGreaterThan(0.9 * repeats);
    // At 5% more than six of forty are less likely than one in a hundred.
    expect(alarmsOf((random) => check(random, true))).toBeLessThanOrEqual(6);
  });

  test('rows of groups alarm hardly ever where groups are dealt whole', () => {
    const check = (random: Random, counted: boolean): DriftReport => {
      const [before, now] = [grouped(60, random), grouped(30, random)];
      return compared(
        before.table,
        now.table,
        counted ? { reference: before.side, current: now.side } : undefined,
      );
    };
    expect(alarmsOf((random) => check(random, false))).toBeGreaterThan(repeats / 3);
    expect(alarmsOf((random) => check(random, true))).toBeLessThanOrEqual(6);
  });
});

test('independent rows are found to have moved as often as where nobody looks at their order', () => {
  const check = (random: Random, counted: boolean): DriftReport => {
    const before = autoregressions(300, 0, random);
    const drawn = autoregressions(300, 0, random);
    const x0 = drawn.columns.get('x0')!;
    const values = x0.type === 'number' ? x0.values.map((value) => value + 0.35) : new Float64Array();
    const now = tableOf([...drawn.columns, ['x0', { type: 'number', values }]]);
    return compared(before, now, counted ? inFile(before, now) : undefined);
  };
  const found = (counted: boolean) => alarmsOf((random) => check(random, counted));
  expect(found(true)).toBeGreaterThanOrEqual(found(false) - 1);
});

describe('the report', () => {
  const random = createRandom('report');
  const [before, now] = [autoregressions(1000, 0.9, random), autoregressions(300, 0.9, random)];

  test('says as how many independent rows they count', () => {
    const { dependence, columns, assumptions } = compared(before, now, inFile(before, now));
    expect(dependence).toMatchObject({ measured: true });
    // 300 (1 - 0.9) / (1 + 0.9) = 16, measured on one series.
    expect(dependence!['effective-rows']!.current).toBeGreaterThan(5);
    expect(dependence!['effective-rows']!.current).toBeLessThan(50);
    expect(dependence!.words).toMatch(
      /^effective sample size: \d+ of 300 rows \(x\d, the median of 4 such columns\), because rows near each other by their place in the file are alike$/,
    );
    expect(assumptions[0]).toBe(dependence!.words);
    expect(columns.every((column) => column['effective-rows']!.current < 300)).toBe(true);
  });

  test('says where nothing is known of it', () => {
    const unknown = { of: 'unknown', why: 'no event time' } as const;
    const { dependence, assumptions } = compared(before, now, { reference: unknown, current: unknown });
    expect(dependence).toEqual({
      measured: false,
      handled: false,
      words: 'dependence between rows was not measured (no event time)',
    });
    expect(assumptions[0]).toMatch(/^p-values assume independent rows/);
    expect(compared(before, now)).not.toHaveProperty('dependence');
  });

  test('says that the rate may not hold where too few rows are left', () => {
    const few = autoregressions(100, 0.98, random);
    const { dependence } = compared(before, few, inFile(before, few));
    expect(dependence).toMatchObject({ measured: true, handled: false });
  });
});

test('the p-value of dealt groups is the share of all ways to deal them that are as far apart', () => {
  // Groups of rows in cells 0 to 2; two of the six go to the current side: 15 ways.
  const cellsOfGroups = [
    [0, 0, 1],
    [0, 1],
    [1, 0],
    [0, 0],
    [2, 2, 2],
    [2, 1],
  ];
  const rows = cellsOfGroups.flatMap((cells, group) => cells.map((cell) => ({ cell, group })));
  const distance = (current: readonly number[]): number => {
    const of = (side: boolean) => rows.filter(({ group }) => current.includes(group) === side);
    const below = (side: boolean, cell: number) =>
      of(side).filter((row) => row.cell <= cell).length / of(side).length;
    return Math.max(...[0, 1, 2].map((cell) => Math.abs(below(true, cell) - below(false, cell))));
  };
  const pairs = [0, 1, 2, 3, 4, 5].flatMap((a) => [0, 1, 2, 3, 4, 5].filter((b) => b > a).map((b) => [a, b]));
  const exact = pairs.filter((pair) => distance(pair) >= distance([4, 5]) - 1e-12).length / pairs.length;
  const p = groupPermutationP(
    {
      cells: Int32Array.from(rows, ({ cell }) => cell),
      groups: Int32Array.from(rows, ({ group }) => group),
      referenceGroups: 4,
      currentGroups: 2,
    },
    'ks',
    { random: createRandom('deal'), permutations: 20_000, enough: 20_000 },
  );
  expect(Math.abs(p - exact)).toBeLessThan(0.01);
});
