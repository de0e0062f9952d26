import { describe, expect, it } from 'vitest';
import { profileOver, profileTable } from '../dataset/profile/profile.ts';
import { type Column, type Table, tableOf } from '../dataset/table/table.ts';
import { categories, numbers, schemaOf } from '../dataset/testing/dataset-builders.ts';
import { createRandom } from '../platform/random.ts';
import { compareTables } from './drift.ts';
import type { DriftReport } from './report/drift-report.ts';

const random = createRandom('false alarms');
const rows = 40;
const column = <T>(make: (values: readonly T[]) => Column, draw: () => T): Column =>
  make(Array.from({ length: rows }, draw));

/** Five columns of several kinds, and predictions by one of them, the same whenever it is drawn. */
function drawn(): { table: Table; predictions: Table } {
  const normal = (): number => random.normal();
  const first = Array.from({ length: rows }, normal);
  const table = tableOf([
    ['normal', numbers(first)],
    ['copy', numbers(first.map((x) => x + random.normal() / 2))],
    ['digit', column(numbers, () => random.integer(10))],
    ['few', column(categories, () => `c${random.integer(3)}`)],
    ['gaps', column(numbers, () => (random.next() < 0.3 ? null : random.normal()))],
  ]);
  return { table, predictions: tableOf([['p', numbers(first.map((x) => x + random.normal()))]]) };
}

function check(seed: number): DriftReport {
  const [before, after] = [drawn(), drawn()];
  const profile = profileTable(before.table, schemaOf(before.table));
  const predicted = profileTable(before.predictions, schemaOf(before.predictions));
  return compareTables(
    {
      reference: profile,
      current: profileOver(profile, after.table),
      tables: { reference: before.table, current: after.table },
      prediction: {
        reference: predicted.columns[0]!,
        current: profileOver(predicted, after.predictions).columns[0]!,
      },
    },
    // The strictest verdict: any column is enough.
    { seed, share: 1e-6, permutations: 999 },
  );
}

/** 200 checks at a rate of 5 % alarm 22 times or more in one of 2,000 such runs (binomial); the declared rate is a limit. */
const checks = 200;
const most = 21;

describe('checks of rows in which nothing has changed', () => {
  // Made by the first test and not before all: mutation testing then knows that a test reaches this code.
  let made: readonly DriftReport[] | undefined;
  const reportsOfAll = (): readonly DriftReport[] => {
    made ??= Array.from({ length: checks }, (_, i) => check(i));
    return made;
  };

  it('alarm no more often than declared, all that can raise the verdict together', () => {
    expect(reportsOfAll().filter(({ drift }) => drift).length).toBeLessThanOrEqual(most);
  });

  it('have single tests that would alarm more often than that by themselves', () => {
    const alone = reportsOfAll().filter(({ columns }) =>
      columns.some(({ tests }) => tests.some(({ p }) => p <= 0.05)),
    );
    expect(alone.length).toBeGreaterThan(most);
  });

  it('have p-values that are spread evenly, or lie above: at most 5 % of them are at most 5 %', () => {
    const reports = reportsOfAll();
    for (const name of reports[0]!.columns.map((one) => one.name)) {
      const ps = reports.flatMap(({ columns }) => columns.find((one) => one.name === name)!.tests);
      expect(ps.filter(({ p }) => p <= 0.05).length / ps.length, name).toBeLessThanOrEqual(most / checks);
    }
    const together = reports.filter(({ multivariate }) => multivariate!.p! <= 0.05).length;
    expect(together).toBeLessThanOrEqual(most);
    expect(together).toBeGreaterThan(0);
  });
});
