import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOver, valuesOf } from './testing/steps-helpers.ts';

type Cell = number | string | null;
type Columns = Record<'k' | 'g' | 't' | 'v' | 'i', Cell[]>;
interface Case {
  readonly left: Columns;
  readonly right: Columns;
  readonly join: Readonly<Record<'left' | 'inner' | 'anti', Cell[][]>>;
  readonly asOf: readonly {
    readonly tolerance: number | null;
    readonly exact: boolean;
    readonly rows: Cell[][];
  }[];
  readonly group: Cell[][];
  readonly window: { readonly width: number; readonly rows: Cell[][] };
}

/** Written by fixtures/steps-pandas.py. */
const { cases } = JSON.parse(
  readFileSync(new URL('fixtures/steps-pandas.json', import.meta.url), 'utf8'),
) as {
  readonly cases: readonly Case[];
};

const columns = { i: 'ri', v: 'rv' };

/** Sums are added in another order by pandas: the last digits may differ. */
function expectRows(found: readonly (readonly unknown[])[], expected: readonly (readonly Cell[])[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((row, at) => {
    row.forEach((value, column) => {
      const wanted = expected[at]![column]!;
      if (typeof wanted === 'number') expect(value).toBeCloseTo(wanted, 9);
      else expect(value).toBe(wanted);
    });
  });
}

describe.each(cases.map((one, index) => ({ ...one, index })))(
  'tables $index',
  ({ left, right, ...expected }) => {
    const sources = { rows: left, other: right };

    it.each(['left', 'inner'] as const)('join as pandas.merge does: %s', (kind) => {
      const out = runOver({ sources, steps: [{ join: { with: 'other', on: ['k', 'g'], columns, kind } }] });
      expectRows(valuesOf(out, ['i', 'ri', 'rv']), expected.join[kind]);
    });

    it('keep the rows without a partner in an anti join', () => {
      const out = runOver({ sources, steps: [{ join: { with: 'other', on: ['k', 'g'], kind: 'anti' } }] });
      expect(valuesOf(out, ['i'])).toEqual(expected.join.anti.map(([i]) => [i]));
    });

    it.each(expected.asOf)(
      'join as of a time as merge_asof does: tolerance $tolerance, exact $exact',
      (asOf) => {
        const join = {
          with: 'other',
          on: 'k',
          columns,
          'as-of': {
            time: 't',
            'same-time': asOf.exact,
            ...(asOf.tolerance === null ? {} : { tolerance: asOf.tolerance }),
          },
        };
        expectRows(valuesOf(runOver({ sources, steps: [{ join }] }), ['i', 'ri', 'rv']), asOf.rows);
      },
    );

    const rollup = {
      n: 'count',
      sum: { sum: 'v' },
      mean: { mean: 'v' },
      min: { min: 'v' },
      max: { max: 'v' },
      distinct: { distinct: 'v' },
      last: { last: 'v' },
      text: { last: 'g' },
    } as const;

    it('are grouped as groupby does', () => {
      const group = { by: 'k', time: 't', rollup: { ...rollup, texts: { distinct: 'g' } } };
      const out = runOver({ sources: { rows: left }, steps: [{ group }] });
      const names = ['k', 'n', 'sum', 'mean', 'min', 'max', 'distinct', 'last', 'text', 'texts'];
      expectRows(valuesOf(out, names), expected.group);
    });

    it('are rolled up over the window before each row', () => {
      const group = { of: 'other', by: 'k', time: 't', window: expected.window.width, rollup };
      const out = runOver({ sources, steps: [{ group }] });
      const names = ['i', 'n', 'sum', 'mean', 'min', 'max', 'distinct', 'last', 'text'];
      expectRows(valuesOf(out, names), expected.window.rows);
    });
  },
);
