import { expect, test } from 'vitest';
import type { Column } from '../dataset/table/table.ts';
import { nameWords } from '../text/name-words.ts';
import { targetCandidates } from './target-candidates.ts';
import { taskOf } from './target-task.ts';

const rows = 60;
const numbers = (value: (i: number) => number): Column => ({
  type: 'number',
  values: Float64Array.from({ length: rows }, (_, i) => value(i)),
});
const labels = (...dictionary: string[]): Column => ({
  type: 'category',
  codes: Int32Array.from({ length: rows }, (_, i) => i % dictionary.length),
  dictionary,
});
const amount = numbers((i) => ((i * 7919) % 101) / 3);
const hours = numbers((i) => (i * 7) % 24);
const likeliest = (columns: Record<string, Column>) =>
  targetCandidates({ rows, columns: new Map(Object.entries(columns)) })[0];

test.each([
  ['isFraud2024_new-price', ['is', 'fraud', '2024', 'new', 'price']],
  ['MedHouseVal', ['med', 'house', 'val']],
  ['IMDB Rating', ['imdb', 'rating']],
])('the words of %s', (name, words) => expect(nameWords(name)).toEqual(words));

test('a column that is called a target is one, wherever it stands', () => {
  expect(likeliest({ target: numbers((i) => i % 2), size: amount, price: amount })).toMatchObject({
    column: 'target',
    named: true,
    task: { value: 'binary' },
  });
});

test('what happened in the end goes before an amount in the last column', () => {
  expect(likeliest({ default: labels('No', 'Yes'), balance: amount, income: amount })?.column).toBe(
    'default',
  );
});

test('the words of other languages count, too', () => {
  expect(likeliest({ Preis: amount, Fläche: amount, Zimmer: amount })).toMatchObject({
    column: 'Preis',
    named: true,
  });
  expect(likeliest({ Kündigung: labels('ja', 'nein'), Alter: amount, Dauer: amount })?.column).toBe(
    'Kündigung',
  );
});

test('y beside x is a coordinate, y alone a target', () => {
  expect(likeliest({ x: amount, y: amount, price: amount, z: amount })?.column).toBe('price');
  expect(likeliest({ y: amount, a: amount, b: amount })?.column).toBe('y');
});

test('without a name that says so it is the last column, which is a guess', () => {
  expect(likeliest({ a: amount, b: amount })).toMatchObject({ column: 'b', named: false });
});

test('when and where a row is from is no target while there is another column', () => {
  const hour = hours;
  expect(likeliest({ tip: labels('no', 'yes'), distance: amount, day: hour, hour })?.column).toBe('tip');
  expect(likeliest({ area: amount, Longitude: amount })?.column).toBe('area');
  expect(likeliest({ goals: amount, team: labels('a', 'b', 'c'), day_of_week: hour })?.column).toBe('goals');
  expect(likeliest({ year: hour, month: hour })?.column).toBe('month');
  // What lasts is none.
  expect(likeliest({ a: amount, days_in_hospital: amount })?.column).toBe('days_in_hospital');
});

test('how rows were judged, bought or lost is what is asked for', () => {
  expect(likeliest({ Purchase: labels('CH', 'MM'), PriceDiff: amount, Store: hours })?.column).toBe(
    'Purchase',
  );
  expect(likeliest({ dead: labels('no', 'yes'), weight: amount, deploy: labels('0', '1') })?.column).toBe(
    'dead',
  );
  // The day of a death is not whether one came.
  expect(likeliest({ death: amount, status: labels('A', 'D'), age: amount })?.column).toBe('status');
});

test('row numbers, identifiers, dates and constants are no targets', () => {
  const columns = {
    row: numbers((i) => i),
    code: labels(...Array.from({ length: rows }, (_, i) => `c${i}`)),
    day: { type: 'date', values: Float64Array.from({ length: rows }, (_, i) => i * 864e5) } satisfies Column,
    same: numbers(() => 1),
  };
  expect(likeliest(columns)).toBeUndefined();
});

test.each([
  ['price', amount, 'regression'],
  ['quality', numbers((i) => 3 + (i % 6)), 'regression'],
  ['stars', numbers((i) => 1 + (i % 5)), 'regression'],
  ['target', numbers((i) => i % 3), 'multiclass'],
  ['class', numbers((i) => 1 + (i % 4)), 'multiclass'],
  ['survived', numbers((i) => i % 2), 'binary'],
  ['species', labels('a', 'b', 'c'), 'multiclass'],
  ['damage', labels('none', 'some'), 'binary'],
] as const)('the task of %s', (name, column, task) => expect(taskOf(name, column)?.value).toBe(task));

test('who somebody is, and what a panel is of, are the last that are predicted', () => {
  expect(likeliest({ smoker: labels('no', 'yes'), hours, gender: labels('f', 'm') })?.column).toBe('smoker');
  expect(likeliest({ size: amount, height: amount, Age: amount })?.column).toBe('size');
  const unit = numbers((i) => Math.floor(i / 6));
  expect(likeliest({ reaction: amount, days: numbers((i) => i % 6), subject: unit })?.column).toBe(
    'reaction',
  );
});

test('an income is one of many things that others are predicted from, but as the last column', () => {
  expect(likeliest({ age: amount, income: amount, visits: amount })).toMatchObject({
    column: 'visits',
    named: false,
  });
  expect(likeliest({ age: amount, visits: amount, income: amount })).toMatchObject({
    column: 'income',
    named: true,
  });
});

test('the logarithm of an amount is predicted where the amount is not there', () => {
  for (const name of ['lwage', 'lnwage', 'logwage', 'log_wage']) {
    expect(likeliest({ [name]: amount, union: amount, expersq: amount })?.column, name).toBe(name);
  }
  expect(likeliest({ lwage: amount, wage: amount, expersq: amount })?.column).toBe('wage');
  expect(likeliest({ village: amount, expersq: amount })?.named).toBe(false);
});
