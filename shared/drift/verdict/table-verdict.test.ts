import { describe, expect, test } from 'vitest';
import type { MultivariateDrift } from '../report/drift-report.ts';
import { columnOf, columnsOf } from '../testing/columns.ts';
import { driftSettings } from './drift-options.ts';
import { errorBudget } from './error-budget.ts';
import { type TableEvidence, tableVerdict } from './table-verdict.ts';

function verdict({ settings, ...changes }: Partial<TableEvidence> = {}) {
  return tableVerdict({
    rows: { reference: 100, current: 100 },
    settings: driftSettings({ ...settings }),
    budget: errorBudget(0.05, { columns: true, prediction: false, multivariate: false }),
    floors: { ks: 0.1 },
    columns: [columnOf()],
    ...changes,
  });
}

const together: MultivariateDrift = {
  outcome: 'compared',
  auc: 0.8,
  p: 0.001,
  floor: 0.1,
  drifted: true,
  rows: { reference: 100, current: 100 },
  reasons: ['a classifier tells them apart', 'more'],
};

describe('a table has drifted', () => {
  test.each([
    [10, 3, true],
    [10, 2, false],
    [10, 0, false],
    // 3/11 is below 30%, 4/11 above.
    [11, 3, false],
    [11, 4, true],
  ])('of %i features of equal weight %i drifted: %s', (features, drifted, drift) => {
    expect(verdict({ columns: columnsOf(features, drifted) }).drift).toBe(drift);
  });

  test('by the weight of features, not by their number', () => {
    const heavy = columnOf({ name: 'heavy', weight: 4, drifted: true });
    const light = columnOf({ name: 'light', weight: 6 });
    expect(verdict({ columns: [heavy, light] })).toMatchObject({
      outcome: 'drift',
      severity: 'major',
      share: { drifted: 0.4, limit: 0.3 },
      reasons: ['columns carrying 40% of feature importance drifted (alarm threshold 30%): heavy'],
    });
    const columns = [
      { ...heavy, drifted: false },
      { ...light, weight: 96 },
    ];
    expect(verdict({ columns }).share.drifted).toBe(0);
    expect(
      verdict({
        columns: [
          { ...heavy, weight: 2 },
          { ...light, weight: 8 },
        ],
      }).drift,
    ).toBe(false);
  });

  test('where no feature has a weight, each counts alike', () => {
    const columns = columnsOf(4, 1).map((column) => ({ ...column, weight: 0 }));
    expect(verdict({ columns }).share.drifted).toBe(0.25);
  });

  test('by features alone: target, prediction and columns that are new do not count', () => {
    const columns = [
      columnOf(),
      columnOf({ name: 'price', role: 'target', drifted: true }),
      columnOf({ name: 'added', outcome: 'new-column', weight: 9 }),
      columnOf({ name: 'gone', drifted: true, weight: 0.25 }),
    ];
    const report = verdict({ columns });
    expect(report).toMatchObject({ outcome: 'no-drift', severity: 'minor', share: { drifted: 0.2 } });
    expect(report.headline).toBe(
      'No drift alarm: price, gone drifted, below the alarm threshold for the table',
    );
  });

  test('and names the features that did, with a share that can be told from the limit', () => {
    const target = columnOf({ name: 'price', role: 'target', drifted: true });
    const columns = [
      target,
      columnOf({ name: 'heavy', weight: 30.04, drifted: true }),
      columnOf({ weight: 69.96 }),
    ];
    expect(verdict({ columns }).reasons).toEqual([
      'columns carrying 30.04% of feature importance drifted (alarm threshold 30%): heavy',
    ]);
  });

  test('by a share that no rounding lifts over one', () => {
    const columns = Array.from({ length: 10 }, (_, i) =>
      columnOf({ name: `x${i}`, weight: 0.1, drifted: true }),
    );
    expect(verdict({ columns }).share.drifted).toBeLessThanOrEqual(1);
    expect(verdict({ columns }).drift).toBe(true);
  });

  test('with a limit of zero only if something drifted', () => {
    const settings = driftSettings({ share: 0 });
    expect(verdict({ settings }).drift).toBe(false);
    expect(verdict({ settings, columns: columnsOf(50, 1) }).drift).toBe(true);
  });

  test('by the predictions, or by all features together, whatever the share', () => {
    const prediction = columnOf({
      role: 'prediction',
      drifted: true,
      reasons: ['values drifted: shifted by 0.83 standard deviations (alarm from 0.1)', 'more'],
    });
    expect(verdict({ prediction })).toMatchObject({
      outcome: 'drift',
      headline: 'Drift: predictions shifted by 0.83 standard deviations (alarm from 0.1)',
      prediction,
    });
    expect(verdict({ multivariate: together })).toMatchObject({
      outcome: 'drift',
      reasons: ['all features together: a classifier tells them apart'],
      multivariate: together,
    });
    const quiet = {
      prediction: { ...prediction, drifted: false },
      multivariate: { ...together, drifted: false },
    };
    expect(verdict(quiet)).toMatchObject({ outcome: 'no-drift', reasons: [], ...quiet });
    expect(verdict()).not.toHaveProperty('prediction');
    expect(verdict()).not.toHaveProperty('multivariate');
  });

  test.each(['vanished', 'type-changed'] as const)(
    'where a column is %s, however few the rows',
    (outcome) => {
      const broken = columnOf({
        outcome,
        drifted: true,
        weight: 0,
        reasons: ['it is not there', 'since today'],
      });
      const columns = [broken, ...columnsOf(9, 0)];
      expect(verdict({ columns })).toMatchObject({
        outcome: 'drift',
        reasons: ['size: it is not there; since today'],
      });
      const few = verdict({ columns, rows: { reference: 100, current: 3 } });
      expect(few).toMatchObject({ outcome: 'drift', severity: 'major' });
      expect(few.reasons).toEqual([
        'size: it is not there; since today',
        'not enough data: 3 current rows; 30 are needed on each side',
      ]);
      expect(few).not.toHaveProperty('rows-needed');
      expect(verdict({ columns, rows: { reference: 100, current: 0 } }).outcome).toBe('drift');
    },
  );
});

describe('a table is not judged', () => {
  test.each([
    [30, 30, undefined],
    [29, 30, 'not enough data: 29 reference rows; 30 are needed on each side'],
    [30, 1, 'not enough data: 1 current row; 30 are needed on each side'],
    [1, 29, 'not enough data: 1 reference row and 29 current rows; 30 are needed on each side'],
  ])('of %i and %i rows: %s', (reference, current, reason) => {
    const report = verdict({ rows: { reference, current }, columns: columnsOf(2, 2) });
    if (reason === undefined) {
      expect(report).toMatchObject({ outcome: 'drift', drift: true });
      expect(report).not.toHaveProperty('rows-needed');
    } else {
      expect(report).toMatchObject({
        outcome: 'not-enough-data',
        drift: false,
        severity: 'none',
        headline: `Not decided: ${reason}`,
        reasons: [reason],
        'rows-needed': 30,
      });
    }
  });

  test.each([
    ['without current rows', { rows: { reference: 100, current: 0 } }],
    ['without columns', { columns: [] }],
  ])('%s there is nothing to compare', (_, changes) => {
    expect(verdict(changes)).toMatchObject({
      outcome: 'nothing-to-compare',
      drift: false,
      severity: 'none',
      headline: 'Nothing to compare: there are no current rows, or no columns',
    });
  });
});

describe('a report of no drift', () => {
  test('names the smallest adjusted p-value, if any column has one', () => {
    const columns = [columnOf({ 'adjusted-p': 0.4 }), columnOf({ 'adjusted-p': 0.2 }), columnOf()];
    expect(verdict({ columns })).toMatchObject({
      outcome: 'no-drift',
      severity: 'none',
      headline: 'No drift',
      reasons: ['the smallest adjusted p-value of any column is 0.2'],
    });
    expect(verdict().reasons).toEqual([]);
  });

  test('names five columns that drifted, and how many more', () => {
    const names = (drifted: number) =>
      verdict({ columns: columnsOf(26, drifted) }).headline.replace(/ drifted, below.*$/, '');
    expect(names(5)).toBe('No drift alarm: a, b, c, d, e');
    expect(names(7)).toBe('No drift alarm: a, b, c, d, e and 2 more');
  });
});

describe('every report', () => {
  test('has the rate of false alarms and its parts; in a year where the number of checks is known', () => {
    const report = verdict({ settings: driftSettings({ checksPerYear: 52, seed: 'abc' }) });
    // 52 checks at 5% each.
    expect(report['false-alarm-rate']).toEqual({
      check: 0.05,
      columns: expect.closeTo(0.05, 15),
      prediction: 0,
      multivariate: 0,
      'per-year': 2.6,
    });
    expect(report.assumptions.at(-1)).toBe('52 checks a year raise at most 2.6 false alarms');
    expect(report.assumptions).toHaveLength(3);
    expect(report).toMatchObject({ version: 1, seed: 'abc', floors: { ks: 0.1 } });
    expect(report.rows).toEqual({ reference: 100, current: 100 });
    expect(report.columns).toHaveLength(1);
  });

  test('says what the p-values assume', () => {
    const { assumptions, 'false-alarm-rate': rate } = verdict();
    expect(assumptions).toEqual([
      expect.stringMatching(/^p-values assume independent rows/),
      expect.stringMatching(/one check of rows that no earlier check has used$/),
    ]);
    expect(rate).not.toHaveProperty('per-year');
  });
});
