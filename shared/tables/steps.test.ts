import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowPlaces } from '../dataset/table/row-place.ts';
import { dates } from '../dataset/testing/dataset-builders.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../platform/logger.ts';
import { runSteps } from './run-steps.ts';
import {
  answers,
  cellsOf,
  customers,
  type MadeRow,
  orders,
  refusal,
  runOver,
  type StepsTest,
  stepsConfig,
  tableOfRows,
  types,
  valuesOf,
} from './testing/steps-helpers.ts';

describe('a source with a key', () => {
  it('gives the same bytes in whatever order its rows come', () => {
    const steps: StepsTest['steps'] = [
      { join: { with: 'other', on: 'k', columns: { v: 'w' } } },
      {
        table: 'rows',
        group: { by: ['k', 'g'], rollup: { n: 'count', sum: { sum: 'x' }, last: { last: 'w' } } },
      },
    ];
    const cells = (rows: readonly MadeRow[]) => ({
      ...cellsOf(rows),
      i: rows.map(() => 1),
      x: rows.map(({ v }) => v / 7),
    });
    fc.assert(
      fc.property(
        tableOfRows().chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        tableOfRows().chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        ([left, leftToo], [right, rightToo]) => {
          const keyed = { rows: { types, key: 'k' }, other: { types, key: 'k' } };
          const digests = [
            [left, right],
            [leftToo, rightToo],
          ].map(([own, other]) => {
            const out = runOver({
              sources: { rows: cells(own!), other: cells(other!) },
              facts: keyed,
              steps,
            });
            return [valuesOf(out), out.parts];
          });
          expect(digests[1]).toEqual(digests[0]);
        },
      ),
    );
  });

  it('tells keys that come twice, and rows without one', () => {
    const out = runOver({
      sources: { orders, customers },
      facts: { customers: { key: 'customer' } },
      steps: [{ join: { with: 'customers', on: 'customer', kind: 'inner' } }],
    });
    expect(out.steps?.remarks.slice(0, 2)).toEqual([
      'data.sources.customers.key (customer): 1 row has a key that another row has',
      'data.sources.customers.key (customer): 1 row has no key, so that nothing is joined to it',
    ]);
    expect(valuesOf(out, ['city'])).toEqual([['Rome'], ['Bonn'], ['Oslo']]);
  });
});

describe('other steps', () => {
  it('filter keeps rows of which the expression is true, not those where it is missing', () => {
    const out = runOver({
      sources: { rows: { x: [1, null, 3], y: [1, 2, 3] } },
      steps: [{ filter: 'd => d.x < 3' }],
    });
    expect(valuesOf(out, ['y'])).toEqual([[1]]);
  });

  it('filter says what an expression gives instead, and where a column is misspelt', () => {
    const sources = { rows: { weight: [1, 2], y: [1, 2] } };
    expect(refusal({ sources, steps: [{ filter: 'd => d.weight + 1' }] })).toBe(
      'data.steps[0].filter (step 1): "d => d.weight + 1" gives a number; a filter is true or false for each row, such as "d => d.amount > 0"',
    );
    expect(refusal({ sources, steps: [{ filter: 'd => d.wieght > 1' }] })).toBe(
      'data.steps[0].filter (step 1) of rows: character 6 of "d => d.wieght > 1": there is no column wieght; did you mean weight?',
    );
  });

  it('derive gives days between dates, conditions and columns made before', () => {
    const out = runOver({
      sources: {
        rows: { from: dates(['2024-01-01', null]), to: dates(['2024-01-31', '2024-02-01']), y: [1, 2] },
      },
      steps: [
        { derive: { days: 'd => (d.to - d.from) / 86_400_000', long: "d => d.days > 7 ? 'long' : 'short'" } },
      ],
    });
    expect(valuesOf(out, ['days', 'long'])).toEqual([
      [30, 'long'],
      [null, null],
    ]);
    expect([...out.steps!.made]).toEqual([
      ['days', 'derived (step 1)'],
      ['long', 'derived (step 1)'],
    ]);
  });

  it('union puts rows below, dedupe keeps the last, select and rename say which columns', () => {
    const out = runOver({
      sources: { old: { id: [1, 2], y: [1, 2], note: ['a', 'b'] }, more: { key: [2, 3], y: [20, 30] } },
      steps: [
        { select: { except: ['note'] } },
        { table: 'more', rename: { key: 'id' } },
        { union: 'more' },
        { dedupe: { by: ['id'], keep: 'last' } },
      ],
    });
    expect(valuesOf(out)).toEqual([
      [1, 1],
      [2, 20],
      [3, 30],
    ]);
    expect(out.parts.map(({ name, rows }) => [name, rows])).toEqual([
      ['old.csv', 1],
      ['more.csv', 2],
    ]);
    expect(out.steps?.remarks).toEqual([
      'data.steps[3].dedupe (step 4): 1 row of old with the same id as another is left out',
    ]);
  });

  it('union refuses other columns and other types', () => {
    const union = (more: StepsTest['sources'][string]): string =>
      refusal({ sources: { rows: { id: [1], y: [1] }, more }, steps: [{ union: 'more' }] });
    expect(union({ id: [1], z: [2] })).toBe(
      'data.steps[0].union (step 1): more has no y, and rows has no z; a union has the same columns: select or rename them first',
    );
    expect(union({ id: ['x'], y: [2] })).toBe(
      'data.steps[0].union (step 1): id is a number in rows and a category in more; declare types of the source, so that it is the same in both',
    );
  });

  it('group refuses what a column has not, and tells rows that are in no group', () => {
    const sources = { rows: { k: ['a', null], g: ['x', 'y'], y: [1, 2] } };
    expect(refusal({ sources, steps: [{ group: { by: 'k', rollup: { s: { sum: 'g' } } } }] })).toBe(
      'data.steps[0].group (step 1): rollup.s: rows.g is a category, which has no sum; a number has',
    );
    const out = runOver({ sources, steps: [{ group: { by: 'k', rollup: { n: 'count' } } }] });
    expect(out.steps?.remarks).toEqual([
      'data.steps[0].group (step 1): 1 row of rows without k is in no group and left out',
    ]);
    expect(out.parts.map(({ name, rows }) => [name, rows])).toEqual([['rows', 1]]);
  });

  it('a window is a span of time for dates, a number for numbers', () => {
    const sources = { rows: { k: [1], t: [1], d: dates(['2024-01-01']), y: [1] } };
    const group = { by: 'k', rollup: { n: 'count' } } as const;
    expect(refusal({ sources, steps: [{ group: { ...group, time: 't', window: '7d' } }] })).toBe(
      'data.steps[0].group (step 1): window is a span of time, and the times are numbers: write a number in their unit',
    );
    expect(refusal({ sources, steps: [{ group: { ...group, time: 'd', window: 7 } }] })).toBe(
      'data.steps[0].group (step 1): window is a number, and the times are dates: write a span of time such as 30d',
    );
  });
});

describe('rows that went through steps', () => {
  it('still know their file and their number in it', () => {
    const out = runOver({
      sources: { orders, customers },
      steps: [{ filter: 'd => d.y > 15' }, { join: { with: 'customers', on: 'customer' } }],
    });
    const places = createRowPlaces(out.parts);
    expect(valuesOf(out, ['y']).map(([y], row) => [y, places.describe(row)])).toEqual([
      [20, 'orders.csv row 2'],
      [20, 'orders.csv row 2'],
      [30, 'orders.csv row 3'],
      [40, 'orders.csv row 4'],
    ]);
  });

  it('a value that is not of its column’s type is named by source, file and row', () => {
    expect(
      refusal({
        sources: {
          orders: { ...orders, when: ['2024-01-01', 'soon', '2024-01-03', '2024-01-04'] },
          customers,
        },
        facts: { orders: { types: { when: 'date' } } },
        steps: [{ filter: 'd => d.y > 15' }, { filter: 'd => op.utcyear(d.when) > 2000' }],
      }),
    ).toContain(
      'data.steps[1].filter (step 2): of source orders, column "when": data.sources.orders.types.when.type is date, but one value is not a date of the format iso:',
    );
  });

  it('a column that no step needs keeps the texts that the source gave, for prepare to read', () => {
    const entries: LogEntry[] = [];
    const test: StepsTest = {
      sources: { rows: { y: [1, 2], n: ['1', 'n.d.'], k: ['007', '7'] } },
      steps: [{ filter: 'd => d.y > 0' }],
    };
    const out = runSteps(
      { sources: answers(test.sources), config: stepsConfig(test) },
      recordingLogger(entries),
    );
    expect(valuesOf(out, ['n', 'k'])).toEqual([
      ['1', '007'],
      ['n.d.', '7'],
    ]);
    expect(entries).toEqual([]);
  });

  it('names that mean something to JavaScript or to arquero are names like any other', () => {
    const odd = ['__proto__', 'constructor', 'op', 'd["x"]', "'];process.exit();//", 'a.b', ' '];
    const cells = Object.fromEntries([
      ['y', [1, 2]],
      ['k', [1, 2]],
      ...odd.map((_, i) => [`c${i}`, [i, i + 1]]),
    ]);
    const rename = Object.fromEntries(odd.slice(1).map((name, i) => [`c${i + 1}`, name]));
    const test: StepsTest = {
      sources: { rows: cells, other: { k: [1, 2], w: [5, 6] } },
      steps: [
        { rename },
        { join: { with: 'other', on: 'k' } },
        { group: { by: [odd[4]!, odd[1]!], rollup: { [odd[3]!]: { sum: odd[5]! }, total: { sum: 'w' } } } },
      ],
    };
    const out = runSteps({ sources: answers(test.sources), config: stepsConfig(test) }, silentLogger);
    expect([...out.table.columns.keys()]).toEqual([odd[4], odd[1], odd[3], 'total']);
    expect(valuesOf(out)).toEqual([
      [4, 1, 5, 5],
      [5, 2, 6, 6],
    ]);
  });
});
