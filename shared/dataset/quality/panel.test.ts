import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { type Column, tableOf } from '../table/table.ts';
import { categories, numbers } from '../testing/dataset-builders.ts';
import { panelOf } from './panel.ts';

const units = 12;
const times = 8;
const grid = (of: (unit: number, time: number) => number): number[] =>
  Array.from({ length: units * times }, (_, i) => of(Math.floor(i / times), i % times));
const unit = grid((of) => of);
const time = grid((_, of) => of);
const random = createRandom('panels');
const named = (values: readonly number[]): Column => categories(values.map((value) => `n${value}`));
const other = numbers(unit.map(() => random.normal()));

function panel(columns: Record<string, Column>, target = 'y') {
  return panelOf(tableOf(Object.entries({ ...columns, y: other })), target);
}

describe('a panel', () => {
  test('is of units that come back, at most once at each time', () => {
    const years = numbers(time.map((of) => 1990 + of));
    expect(panel({ state: named(unit), year: years })).toEqual({ unit: 'state', time: 'year', units, times });
    expect(panel({ firm: numbers(unit), Days: numbers(time) })).toMatchObject({ unit: 'firm', time: 'Days' });
  });

  test('is of what is called an identifier before texts, and of texts before numbers', () => {
    const [of, week] = [numbers(unit), numbers(time)];
    expect(panel({ n: of, name: named(unit), shop_id: of, week })?.unit).toBe('shop_id');
    expect(panel({ n: of, name: named(unit), week })?.unit).toBe('name');
  });

  test('may lack some of the rows, not most', () => {
    const share = (most: number) => {
      const keep = unit.flatMap((of, i) => (random.next() < most ? [[of, time[i]!] as const] : []));
      return panelOf(
        tableOf([
          ['name', named(keep.map(([of]) => of))],
          ['week', numbers(keep.map(([, at]) => at))],
        ]),
        'y',
      );
    };
    expect(share(0.8)?.unit).toBe('name');
    expect(share(0.35)).toBeUndefined();
  });

  test.each<[string, Record<string, Column>]>([
    ['without a time', { name: named(unit), x: numbers(time) }],
    ['of units that come twice at a time', { name: named(unit.map((of) => of >> 1)), week: numbers(time) }],
    [
      'of four things',
      { name: named(unit.map((of) => of % 4)), week: numbers(unit.map((of, i) => of * times + time[i]!)) },
    ],
    ['of hours by days, which are both times', { hour: numbers(unit), date: numbers(time) }],
    ['of fractions', { x: numbers(unit.map((of) => of / 3)), week: numbers(time) }],
  ])('is no table %s', (_, columns) => expect(panel(columns)).toBeUndefined());

  test('is not of the target', () => {
    expect(panel({ name: named(unit), week: numbers(time) }, 'name')).toBeUndefined();
  });

  test('is hardly ever met by rows drawn at random', () => {
    for (let i = 0; i < 300; i++) {
      const draw = (of: number) => numbers(unit.map(() => random.integer(of)));
      const found = panel({
        a: draw(5 + random.integer(8)),
        b: draw(5 + random.integer(8)),
        age: draw(8 + random.integer(8)),
      });
      expect(found).toBeUndefined();
    }
  });
});
