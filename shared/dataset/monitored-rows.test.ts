import { describe, expect, test } from 'vitest';
import { arrivedRows } from './monitored-rows.ts';
import type { Column } from './table/table.ts';
import { categories, configWith, dates, numbers, schemaOf } from './testing/dataset-builders.ts';
import { sourceOf } from './testing/source-builder.ts';

const config = configWith();
const day = '2026-03-04';
const schema = schemaOf(
  {
    rows: 1,
    columns: new Map<string, Column>([
      ['at', dates([day])],
      ['y', numbers([1])],
    ]),
  },
  { at: { role: 'ignored', format: 'd/M/yyyy' } },
);
const timesOf = (at: Column, time = 'at') =>
  arrivedRows(
    sourceOf({
      [time]: at,
      y: numbers([...Array(at.type === 'category' ? at.codes.length : at.values.length)].map(() => 1)),
    }),
    schema,
    { config, time },
  ).times;

describe('the event times of rows that arrive', () => {
  test('are read as the schema has them, where the rows alone would leave it open', () => {
    // 3 April or 4 March: the rows of the training told, these do not.
    expect(timesOf(categories(['4/3/2026', '5/3/2026']))).toEqual(dates(['2026-03-04', '2026-03-05']));
  });

  test('are missing where no row has one, and none where there is no row', () => {
    expect(timesOf(categories([null, null]))).toEqual(dates([null, null]));
    expect(timesOf(categories([]))).toEqual(dates([]));
    expect(timesOf(categories([]), '_time')).toEqual(dates([]));
  });

  test('are read as they look, where the schema does not know them, or they are written in another way now', () => {
    expect(timesOf(categories([`${day}T10:00:00Z`]), '_time')).toEqual(dates([`${day}T10:00:00Z`]));
    expect(timesOf(categories([`${day}T10:00:00Z`]))).toEqual(dates([`${day}T10:00:00Z`]));
  });

  test('are refused where they are words', () => {
    expect(() => timesOf(categories(['soon', 'later']))).toThrow('data.time: column "at" is a category');
  });
});
