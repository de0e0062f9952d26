import { describe, expect, test } from 'vitest';
import { type Column, tableOf } from '../dataset/table/table.ts';
import { categories, numbers } from '../dataset/testing/dataset-builders.ts';
import { createRandom } from '../platform/random.ts';
import { day } from '../platform/time-lengths.ts';
import { differentByNature } from './different-by-nature.ts';

const count = 60;
const list = (of: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => of(i));
const dates = (values: readonly number[]): Column => ({ type: 'date', values: Float64Array.from(values) });
const start = Date.UTC(2026, 0, 1);

/** What is said of one column of both sides, beside another one. */
function saidOf(reference: Column, current: Column | undefined, name = 'x') {
  const other = numbers(list((i) => (i * 7) % 11));
  const tables = {
    reference: tableOf([
      [name, reference],
      ['other', other],
    ]),
    current: tableOf([...(current ? [[name, current] as const] : []), ['other', other]]),
  };
  const found = differentByNature(tables);
  expect(found.map((one) => one.name)).not.toContain('other');
  return found[0];
}

const random = createRandom('different by nature');
const shuffled = (values: readonly number[]): number[] => {
  const left = [...values];
  return values.map(() => left.splice(random.integer(left.length), 1)[0]!);
};

describe('columns that differ by nature', () => {
  test.each<[string, Column, Column, string]>([
    ['a number that counts on', numbers(list((i) => i)), numbers(list((i) => count + i)), 'row-number'],
    [
      'one that starts again, in any order',
      numbers(shuffled(list((i) => i + 1))),
      numbers(list((i) => i + 1)),
      'row-number',
    ],
    [
      'texts that are all different',
      categories(list((i) => i).map((i) => `u${i}`)),
      categories(list((i) => i).map((i) => `v${i}`)),
      'identifier',
    ],
    [
      'a running number with gaps',
      numbers(list((i) => 5 * i + (i % 3))),
      numbers(list((i) => 900 + 4 * i)),
      'time',
    ],
    [
      'dates in the order of the rows',
      dates(list((i) => start + Math.floor(i / 4) * day)),
      dates(list((i) => start + (i >> 3) * day)),
      'time',
    ],
    [
      'dates from the newest on',
      dates(list((i) => start - i * day)),
      dates(list((i) => start - i * 2 * day)),
      'time',
    ],
    [
      'later dates in no order',
      dates(shuffled(list((i) => start + i * day))),
      dates(shuffled(list((i) => start + (count + i) * day))),
      'time',
    ],
  ])('%s', (_, reference, current, kind) => {
    expect(saidOf(reference, current)?.kind).toBe(kind);
  });

  test.each<[string, string, Column, Column]>([
    ['measurement', 'x', numbers(list(() => random.normal())), numbers(list(() => random.normal() + 9))],
    [
      'measurement in the order of the rows, with fractions',
      'x',
      numbers(list((i) => i + 0.5)),
      numbers(list((i) => 100.5 + i)),
    ],
    [
      'whole number in the order of the rows, with ties',
      'x',
      numbers(list((i) => 9 * (i >> 1))),
      numbers(list((i) => 900 + 9 * (i >> 1))),
    ],
    ['running number that does not go on', 'x', numbers(list((i) => 5 * i)), numbers(list((i) => 7 * i))],
    [
      'date that goes back to 1970',
      'at',
      dates(shuffled(list((i) => start + i * day))),
      dates(list(() => 0)),
    ],
    [
      'dates of one time in no order',
      'at',
      dates(shuffled(list((i) => start + i * day))),
      dates(shuffled(list((i) => start + i * day))),
    ],
    [
      'later date of birth',
      'birth_date',
      dates(list((i) => start + i * day)),
      dates(list((i) => start + (count + i) * day)),
    ],
  ])('a %s is none', (_, name, reference, current) => {
    expect(saidOf(reference, current, name)).toBeUndefined();
  });

  test('years that are when a row was, of one year each too', () => {
    const year = (of: number) => numbers(list(() => of));
    expect(saidOf(year(2024), year(2025), 'year')?.kind).toBe('time');
    expect(saidOf(year(2024), year(2023), 'year')).toBeUndefined();
    expect(saidOf(year(2024), year(2025), 'year_built')).toBeUndefined();
    expect(saidOf(year(2024), year(2025), 'weight')).toBeUndefined();
  });

  test('dates that go with the time, in the order of the reference', () => {
    const table = (from: number) =>
      tableOf([
        ['paid', dates(list((i) => start + (from + i + ((i * 7) % 10)) * day))],
        ['ordered', dates(list((i) => start + (from + i) * day))],
        ['met', dates(list((i) => start + ((i * 37) % 60) * day))],
      ]);
    expect(differentByNature({ reference: table(0), current: table(30) })).toEqual([
      { name: 'paid', kind: 'time', why: 'goes with the time, ordered' },
      { name: 'ordered', kind: 'time', why: 'is a time that moves forward from row to row' },
    ]);
  });

  test('an identifier that is none in the current rows is told to be broken', () => {
    const ids = numbers(list((i) => i));
    expect(saidOf(ids, numbers(list((i) => i >> 1)), 'id')?.why).toBe(
      'numbers the rows, in the reference alone: in the current rows values come back or are missing',
    );
    expect(saidOf(ids, undefined, 'id')?.why).toBe('numbers the rows, and the current rows do not have it');
  });
});
