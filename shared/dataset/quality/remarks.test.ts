import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { configOf, prepared, sourceOf, times } from '../testing/source-builder.ts';

const n = 400;
const random = createRandom(4);
const x = times(n, () => random.normal());
const y = times(n, () => random.normal());
const day = times(n, (i) => new Date(Date.UTC(2024, 0, 1 + (i % 300))).toISOString().slice(0, 10));

function remarksOf(columns: Parameters<typeof sourceOf>[0], config = configOf()) {
  return (prepared(sourceOf({ x, y, ...columns }), config).quality.remarks ?? []).map(
    ({ kind, column, message }) => ({ kind, column, message }),
  );
}

describe('remarks', () => {
  it('are none on a plain table, and the key is then not there', () => {
    expect(prepared(sourceOf({ x, y })).quality).not.toHaveProperty('remarks');
  });

  it('name texts that hardly come back, unless features declares them', () => {
    const note = times(n, (i) => `note ${i % 300}`);
    const [remark] = remarksOf({ note });
    expect(remark).toMatchObject({ kind: 'nearly-unique', column: 'note' });
    expect(remark!.message).toContain('300 different texts in 400 rows (75%');
    expect(remark!.message).toContain('prepare.exclude: [note]');
    expect(remarksOf({ note }, configOf({ features: { note: { type: 'category' } } }))).toEqual([]);
  });

  it.each([
    ['sum', (a: number, b: number) => a + b, 'casual + registered'],
    ['difference', (a: number, b: number) => b - a, 'registered − casual'],
    ['product', (a: number, b: number) => a * b, 'casual × registered'],
    ['quotient', (a: number, b: number) => a / b, 'casual / registered'],
  ])('name two columns of which the %s is the target', (_, of, expression) => {
    const casual = times(n, () => 1 + random.integer(50));
    const registered = times(n, () => 1 + random.integer(300));
    const [remark] = remarksOf({ casual, registered, y: casual.map((a, i) => of(a, registered[i]!)) });
    expect(remark).toMatchObject({ kind: 'parts-of-target' });
    expect(remark!.message).toContain(`${expression} is y in every row looked at`);
    expect(remark!.message).toContain('prepare.exclude: [casual, registered]');
  });

  it('do not take an honest, noisy sum for parts of the target', () => {
    const a = times(n, () => random.normal());
    const b = times(n, () => random.normal());
    expect(remarksOf({ a, b, y: a.map((v, i) => v + b[i]! + 0.05 * random.normal()) })).toEqual([]);
  });

  it('name a date where no time is declared, with the settings', () => {
    const [remark, ...others] = remarksOf({ day });
    expect(others).toEqual([]);
    expect(remark).toMatchObject({ kind: 'time', column: 'day' });
    expect(remark!.message).toContain('data.time: day and split.by: time');
    expect(remarksOf({ day }, configOf({ data: { time: 'day' } }))).toEqual([]);
    expect(remarksOf({ day }, configOf({ prepare: { exclude: ['day'] } }))).toEqual([]);
  });

  it('name years where no time is declared: by their name, or by their order', () => {
    const year = times(n, (i) => 1990 + ((i * 7) % 30));
    expect(remarksOf({ year })).toEqual([
      {
        ...{ kind: 'time', column: 'year' },
        message:
          'year looks like years (whole numbers from 1990 to 2019), and no data.time is declared: training and test are mixed over all times, so the test may be kinder than rows to come. Where it is when a row happened, data.time: year and split.by: time judge on the newest rows',
      },
    ]);
    const season = times(n, (i) => 1990 + Math.floor(i / 20));
    expect(remarksOf({ season })[0]).toMatchObject({
      ...{ kind: 'time', column: 'season' },
      message: expect.stringMatching(
        /^season looks like years \(whole numbers from 1990 to 2009, in the order of the rows\), /,
      ),
    });
    expect(remarksOf({ year }, configOf({ data: { time: 'year' } }))).toEqual([]);
    expect(remarksOf({ year }, configOf({ features: { year: { type: 'number' } } }))).toEqual([]);
    expect(remarksOf({ price: season, built_year: year, other: year })).toEqual([]);
  });

  it('ask whether a target of two numbers is two kinds, and one of many numbers is an amount', () => {
    const [two, ...others] = remarksOf({ y: times(n, (i) => i % 2) });
    expect(others).toEqual([]);
    expect(two).toMatchObject({ kind: 'task', column: 'y' });
    expect(two!.message).toBe(
      'y has only two different values, and task: regression takes it for an amount: if these are two kinds, task: binary predicts how probable each is',
    );
    expect(remarksOf({ y: times(n, (i) => i % 3) })).toEqual([]);
    const multiclass = configOf({ task: 'multiclass' });
    const [many] = remarksOf({ y: times(n, (i) => i % 60) }, multiclass);
    expect(many).toMatchObject({ kind: 'task', column: 'y' });
    expect(many!.message).toContain('60 different numbers');
    expect(remarksOf({ y: times(n, (i) => i % 50) }, multiclass)).toEqual([]);
    expect(remarksOf({ y: times(n, (i) => `kind ${i % 60}`) }, multiclass)).toEqual([]);
  });

  it('tell categories that are the same but for their spelling, and quote none of few rows', () => {
    const color = times(n, (i) =>
      i % 3 === 0 ? 'Red' : i % 3 === 1 ? 'red' : i % 2 === 0 ? 'blue' : 'green',
    );
    const [remark, ...others] = remarksOf({ color });
    expect(others).toEqual([]);
    expect(remark).toMatchObject({ kind: 'spelling', column: 'color' });
    expect(remark!.message).toMatch(
      /^color has one text that differs from another only in case.*\("(R|r)ed" and "(R|r)ed"\)/,
    );
    // The accent is a character of its own; two rows are written so.
    const drink = times(n, (i) => (i < 2 ? 'cafe\u0301' : i % 2 === 0 ? 'caf\u00e9' : 'tea'));
    const [rare] = remarksOf({ drink });
    expect(rare!.message).toMatch(
      /^drink has one text that differs from another only in case, spaces or the form of characters: /,
    );
    expect(remarksOf({ drink: times(n, (i) => ['tea', 'Tee', 'coffee'][i % 3]!) })).toEqual([]);
    expect(remarksOf({ drink }, configOf({ prepare: { exclude: ['drink'] } }))).toEqual([]);
  });

  it('ask whether -999 stands for a missing value, where it is far from all others and comes often', () => {
    const depth = (value: number, each: number) => ({
      depth: times(n, (i) => (i % each === 0 ? value : 10 + random.normal())),
    });
    const [remark, ...others] = remarksOf(depth(-999, 20));
    expect(others).toEqual([]);
    expect(remark).toMatchObject({ kind: 'sentinel', column: 'depth' });
    expect(remark!.message).toMatch(/^depth is -999 in 20 rows \(5%\), far from all others: /);
    expect(remark!.message).toContain('prepare: { missing-markers: { add: ["-999"] } }');
    expect(remarksOf(depth(9999, 20))).toMatchObject([{ kind: 'sentinel' }]);
    expect(remarksOf(depth(-999, 200))).toEqual([]);
    expect(remarksOf(depth(-1000, 20))).toEqual([]);
    expect(remarksOf({ age: times(n, (i) => (i % 20 === 0 ? 99 : 20 + (i % 70))) })).toEqual([]);
    const declared = configOf({ prepare: { 'missing-markers': { add: ['-999'] } } });
    expect(remarksOf(depth(-999, 20), declared)).toEqual([]);
  });

  it('propose a group for an identifier that comes back, with how many values the split divides', () => {
    const patient_id = times(n, (i) => 7000 + 13 * (i % 100));
    const { quality, splits } = prepared(sourceOf({ x, y, patient_id }));
    const sides = Object.values(splits).map(({ table }) => {
      const column = table.columns.get('patient_id')!;
      return new Set(column.type === 'number' ? column.values : []);
    });
    const straddling = new Set(patient_id.filter((id) => sides.filter((side) => side.has(id)).length > 1))
      .size;
    expect(straddling).toBeGreaterThan(50);
    expect(quality.remarks).toMatchObject([{ kind: 'group', column: 'patient_id' }]);
    expect(quality.remarks![0]!.message).toContain(
      `100 values with about 4 rows each, and ${straddling} of them have rows on several sides`,
    );
    expect(quality.remarks![0]!.message).toContain('data.group: patient_id');
    expect(remarksOf({ patient_id }, configOf({ data: { group: 'patient_id' } }))).toEqual([]);
  });

  it('propose no group for a number that only repeats', () => {
    expect(remarksOf({ horsepower: times(n, (i) => 50 + ((i * 37) % 100)) })).toEqual([]);
  });
});
