import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dates } from '../dataset/testing/dataset-builders.ts';
import {
  cellsOf,
  customers,
  type MadeRow,
  orders,
  refusal,
  runOver,
  type StepsTest,
  tableOfRows,
  types,
  valuesOf,
} from './testing/steps-helpers.ts';

const facts = { rows: { types }, other: { types } };

describe('join', () => {
  it('keeps the order of the first table, and of the other for each of its rows, whichever is longer', () => {
    fc.assert(
      fc.property(
        tableOfRows(),
        tableOfRows(),
        fc.constantFrom('left' as const, 'inner' as const),
        (left, right, kind) => {
          const sources = { rows: cellsOf(left), other: cellsOf(right) };
          const join = { with: 'other', on: ['k', 'g'], columns: { i: 'j' }, kind };
          const expected = left.flatMap((a, i) => {
            const partners = right.flatMap((b, j) =>
              a.k !== null && a.g !== null && a.k === b.k && a.g === b.g ? [[i, j]] : [],
            );
            return partners.length > 0 ? partners : kind === 'left' ? [[i, null]] : [];
          });
          expect(valuesOf(runOver({ sources, facts, steps: [{ join }] }), ['i', 'j'])).toEqual(expected);
        },
      ),
    );
  });

  it('matches keys of different names, and brings in all but the keys', () => {
    const out = runOver({
      sources: { orders: { ...orders }, people: { id: ['a', 'b'], city: ['Rome', 'Oslo'] } },
      steps: [{ join: { with: 'people', on: { customer: 'id' } } }],
    });
    expect([...out.table.columns.keys()]).toEqual(['id', 'customer', 'y', 'city']);
    expect(valuesOf(out, ['city'])).toEqual([['Rome'], ['Oslo'], [null], [null]]);
  });

  it('takes keys with spaces around them for the same, unless prepare.trim says otherwise', () => {
    const test: StepsTest = {
      sources: {
        orders: { customer: [' a', 'b '], y: [1, 2] },
        people: { id: ['a', 'b'], city: ['Rome', 'Oslo'] },
      },
      steps: [{ join: { with: 'people', on: { customer: 'id' } } }],
    };
    expect(valuesOf(runOver(test), ['customer', 'city'])).toEqual([
      [' a', 'Rome'],
      ['b ', 'Oslo'],
    ]);
    const untrimmed = runOver({ ...test, config: { prepare: { trim: false } } });
    expect(valuesOf(untrimmed, ['city'])).toEqual([[null], [null]]);
  });

  it('says how many rows it made, and how many keys have no partner', () => {
    const out = runOver({
      sources: { orders, customers },
      steps: [{ join: { with: 'customers', on: 'customer' } }],
    });
    expect(out.steps?.remarks).toEqual([
      'data.steps[0].join (step 1): 4 rows of orders become 5 rows, because 1 key of customers stands in several rows. If one is meant: dedupe or group customers first, or join as-of',
      'data.steps[0].join (step 1): 2 rows of orders (50%) have no partner in customers (1 row of them without a key): what is brought in is missing there',
    ]);
  });

  it('says when it goes by keys alone, and both sides have a time', () => {
    const timed: StepsTest = {
      sources: {
        orders: { ...orders, sold: [1, 2, 3, 4] },
        prices: { customer: ['a', 'b', 'x'], since: dates(['2024-01-01', '2024-01-02', '2024-01-03']) },
      },
      facts: { orders: { time: 'sold' } },
      steps: [{ join: { with: 'prices', on: 'customer' } }],
    };
    expect(runOver(timed).steps?.remarks[0]).toBe(
      'data.steps[0].join (step 1): goes by the key alone, and both orders (sold) and prices (since) have a time: rows may get what was known only after them. Write as-of: { time: { sold: since } }; or, where what prices says has always held, data.sources.prices.timeless: true',
    );
    const rolled = runOver({
      ...timed,
      steps: [{ table: 'prices', group: { by: 'customer', rollup: { n: 'count' } } }, ...timed.steps],
    });
    expect(rolled.steps?.remarks[0]).toContain(
      'In place of the whole, roll up what was before each row: group: { of: prices, time: { sold: since }, window: 90d, … }',
    );
    const timeless = runOver({ ...timed, facts: { ...timed.facts, prices: { timeless: true } } });
    expect(timeless.steps?.remarks.filter((words) => words.includes('goes by the key'))).toEqual([]);
  });

  it('with a table that has no rows finds no partner, whatever its columns would hold', () => {
    const out = runOver({
      sources: { orders, empty: { customer: [], since: [], city: [] } },
      steps: [
        { join: { with: 'empty', on: 'customer', columns: ['city'] } },
        { group: { of: 'empty', by: 'customer', time: { id: 'since' }, window: 9, rollup: { n: 'count' } } },
      ],
    });
    expect(valuesOf(out, ['city', 'n'])).toEqual([
      [null, 0],
      [null, 0],
      [null, null],
      [null, 0],
    ]);
  });

  it('refuses keys of different types, and says what to declare', () => {
    expect(
      refusal({
        sources: {
          orders: { customer: [1, 2], y: [1, 2] },
          people: { id: ['1', 'x2'], city: ['Rome', 'Oslo'] },
        },
        steps: [{ join: { with: 'people', on: { customer: 'id' } } }],
      }),
    ).toBe(
      'data.steps[0].join (step 1): orders.customer is a number and people.id is a category, so no value of one equals one of the other; declare data.sources.orders.types: { customer: category }',
    );
  });

  it('refuses a column that is there already, and one that is not there', () => {
    const join = { with: 'customers', on: 'customer' };
    expect(
      refusal({ sources: { orders, customers: { ...customers, id: [7, 8, 9, 7] } }, steps: [{ join }] }),
    ).toBe(
      'data.steps[0].join (step 1): orders has a column "id" already; write columns: { id: customers_id }, or a prefix',
    );
    expect(refusal({ sources: { orders, customers }, steps: [{ join: { ...join, on: 'custmer' } }] })).toBe(
      'data.steps[0].join (step 1): orders has no column "custmer" here; did you mean customer?',
    );
    expect(
      refusal({ sources: { orders, customers }, steps: [{ join: { ...join, columns: ['town'] } }] }),
    ).toBe('data.steps[0].join (step 1): customers has no column "town" here; it has customer, city');
  });
});

describe('what a row sees', () => {
  /** Rows with times, and what later rows of the other table must not change. */
  const history = fc.tuple(tableOfRows(), tableOfRows(20), tableOfRows(), fc.integer({ min: 0, max: 20 }));
  const steps: StepsTest['steps'] = [
    { join: { with: 'other', on: 'k', columns: { i: 'j', t: 'since' }, 'as-of': { time: 't' } } },
    {
      group: {
        of: 'other',
        by: 'k',
        time: 't',
        window: 5,
        rollup: { n: 'count', sum: { sum: 'v' }, mean: { mean: 'v' }, last: { last: 'g' } },
      },
    },
  ];

  it('is never of the future', () => {
    fc.assert(
      fc.property(history, ([left, right, later, now]) => {
        const past = right.filter(({ t }) => t === null || t <= now);
        const grown = [...past, ...later.map((row) => ({ ...row, t: now + 1 + (row.t ?? 0) }))];
        const known = (other: readonly MadeRow[]) =>
          valuesOf(runOver({ sources: { rows: cellsOf(left), other: cellsOf(other) }, facts, steps })).filter(
            (_, i) => left[i]!.t !== null && left[i]!.t! <= now,
          );
        if (past.length > 0) expect(known(grown)).toEqual(known(past));
        const out = runOver({ sources: { rows: cellsOf(left), other: cellsOf(right) }, facts, steps });
        for (const [own, since] of valuesOf(out, ['t', 'since'])) {
          if (since !== null) expect(since).toBeLessThanOrEqual(own as number);
        }
      }),
    );
  });

  it('goes by time alone where no key is named', () => {
    const out = runOver({
      sources: { rows: { t: [5, 1, 3], y: [1, 2, 4] }, rates: { since: [2, 4], rate: [0.5, 0.7] } },
      steps: [
        { join: { with: 'rates', 'as-of': { time: { t: 'since' } } } },
        { group: { time: 't', window: 10, rollup: { n: 'count', sum: { sum: 'y' } } } },
      ],
    });
    expect(valuesOf(out)).toEqual([
      [5, 1, 4, 0.7, 2, 6],
      [1, 2, null, null, 0, 0],
      [3, 4, 2, 0.5, 1, 2],
    ]);
    const whole = runOver({
      sources: { rows: { y: [1, 2, 4] } },
      steps: [{ group: { rollup: { sum: { sum: 'y' } } } }],
    });
    expect(valuesOf(whole)).toEqual([[7]]);
  });

  it('does not include itself in a window', () => {
    const group = { by: 'k', time: 't', window: 100, rollup: { n: 'count', sum: { sum: 'v' } } } as const;
    const rows = { k: [1, 1, 1, 1], t: [1, 2, 2, 3], v: [10, 20, 30, 40] };
    const out = runOver({ sources: { rows }, steps: [{ group }] });
    expect(valuesOf(out, ['n', 'sum'])).toEqual([
      [0, 0],
      [1, 10],
      [1, 10],
      [3, 60],
    ]);
  });
});
