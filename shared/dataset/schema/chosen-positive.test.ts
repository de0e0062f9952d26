import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../config/sections/schema.ts';
import type { CategoryColumn } from '../table/table.ts';
import { categories } from '../testing/dataset-builders.ts';
import { declaredPositive, defaultPositive, positiveOfTarget } from './chosen-positive.ts';

const count = fc.nat(1000);

describe('the positive class that nobody declares', () => {
  it.each([
    ['no', 'yes', 'yes'],
    ['No', 'Yes', 'Yes'],
    ['TRUE', 'FALSE', 'TRUE'],
    ['0', '1', '1'],
    ['-1', '1', '1'],
    ['y', 'n', 'y'],
    ['F', 'T', 'T'],
    ['negative', 'positive', 'positive'],
  ])('of %s and %s is %s, however many rows have it', (a, b, expected) => {
    fc.assert(
      fc.property(count, count, (rowsA, rowsB) => {
        expect(
          defaultPositive([
            { label: a, rows: rowsA },
            { label: b, rows: rowsB },
          ]).label,
        ).toBe(expected);
      }),
    );
  });

  it('is the rarer of other labels, in whichever order they come', () => {
    const label = fc.string({ minLength: 1 }).map((text) => `label ${text}`);
    fc.assert(
      fc.property(fc.tuple(label, label), count, count, ([a, b], rowsA, rowsB) => {
        fc.pre(a !== b && rowsA !== rowsB);
        const chosen = defaultPositive([
          { label: a, rows: rowsA },
          { label: b, rows: rowsB },
        ]);
        expect(chosen.label).toBe(rowsA < rowsB ? a : b);
        expect(
          defaultPositive([
            { label: b, rows: rowsB },
            { label: a, rows: rowsA },
          ]),
        ).toEqual(chosen);
      }),
    );
  });

  it('is the second in sorted order of equally frequent ones', () => {
    expect(
      defaultPositive([
        { label: 'ok', rows: 5 },
        { label: 'fraud', rows: 5 },
      ]).label,
    ).toBe('ok');
  });
});

describe('a declared positive class', () => {
  it('must be a label', () => {
    expect(declaredPositive('fraud', ['fraud', 'ok'], 'positive')).toBe('fraud');
    expect(() => declaredPositive('fruad', ['fraud', 'ok'], 'positive')).toThrow(
      'positive: "fruad" is none of the labels; did you mean fraud?; the labels are fraud, ok',
    );
  });
});

describe('the positive class of a target', () => {
  const column = categories(['ok', 'fraud', 'ok', 'ok']) as CategoryColumn;
  const config = { task: 'binary', target: 'kind' } as const;
  const choose = (
    positive: string | undefined,
    frozen: string | undefined,
    moving = false,
    task: Config['task'] = 'binary',
  ) =>
    positiveOfTarget(column, {
      config: { ...config, task, ...(positive === undefined ? {} : { positive }) } as Config,
      lock: frozen === undefined ? undefined : ({ positive: frozen } as never),
      moving,
    });

  it('is the declared one, else the frozen one, else the default', () => {
    expect(choose('ok', undefined)).toBe('ok');
    expect(choose(undefined, 'ok')).toBe('ok');
    expect(choose(undefined, undefined)).toBe('fraud');
    expect(choose(undefined, undefined, false, 'multiclass')).toBeUndefined();
  });

  it('is not another one than the lock froze, until ciclo lock accepts it', () => {
    expect(() => choose('ok', 'fraud')).toThrow('accept the change with ciclo lock');
    expect(choose('ok', 'fraud', true)).toBe('ok');
    expect(() => choose(undefined, 'gone')).toThrow('"kind" no longer has (its labels are fraud, ok)');
    expect(choose(undefined, 'gone', true)).toBe('fraud');
  });
});
