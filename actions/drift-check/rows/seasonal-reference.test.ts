import { expect, test } from 'vitest';
import { configSchema } from '../../../shared/config/sections/schema.ts';
import { profileTable } from '../../../shared/dataset/profile/profile.ts';
import { tableOf, takeRows } from '../../../shared/dataset/table/table.ts';
import { dates, numbers, schemaOf } from '../../../shared/dataset/testing/dataset-builders.ts';
import type { CurrentRows } from './current-rows.ts';
import type { Reference } from './reference.ts';
import { seasonalReference } from './seasonal-reference.ts';

const day = 24 * 60 * 60 * 1000;
const days = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => new Date(from + i * day).toISOString());
const tableFrom = (times: string[]) =>
  tableOf(new Map(Object.entries({ day: dates(times), y: numbers(times.map((_, i) => i % 7)) })));

const locked = tableFrom(days(Date.UTC(2023, 0, 1), 730));
const arrived = tableFrom(days(Date.UTC(2025, 5, 1), 30));
const current = {
  time: 'day',
  window: { rows: Uint32Array.from({ length: 30 }, (_, row) => row) },
  arrived: { times: arrived.columns.get('day') },
} as unknown as CurrentRows;
const config = configSchema.parse({
  ...{ task: 'regression', target: 'y', data: { source: { type: 'file', path: 'a.csv' }, time: 'day' } },
  monitor: { reference: 'same-season' },
});
const schema = schemaOf(locked);
const production = { tag: 'fuel@v1.0.0' };
const reference = (test?: Uint32Array): Reference =>
  ({
    ...{ schema, profile: profileTable(locked, schema), production },
    rows: { train: locked, all: () => locked, ...(test ? { test: takeRows(locked, test) } : {}) },
  }) as unknown as Reference;

test('predictions of a season are not compared where rows are in folds, and that is said', () => {
  const { season, reference: found } = seasonalReference(reference(), current, config);
  expect(season).toMatchObject({ used: true, of: 'years', periods: 2 });
  expect(season!.words).toMatch(
    /^compared with the same days of 2 earlier years: \d+ locked rows; their predictions are not compared, since the model was trained on these rows$/,
  );
  expect(found.rows!.test!.rows).toBe(0);
});

test('where there are test rows, it is said that too few of them are of the season', () => {
  const { season } = seasonalReference(reference(Uint32Array.of(0, 1)), current, config);
  expect(season!.words).toMatch(/; too few of those are test rows for their predictions to be compared$/);
});
