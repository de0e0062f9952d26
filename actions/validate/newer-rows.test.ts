import { describe, expect, it } from 'vitest';
import { tableOf } from '../../shared/dataset/table/table.ts';
import { dates, numbers, schemaOf } from '../../shared/dataset/testing/dataset-builders.ts';
import { newerRows } from './newer-rows.ts';

const years = tableOf(new Map([['year', numbers([1974, 1977, null, 1976, 1980])]]));
const schema = (type: 'number' | 'date') => schemaOf(years, { year: { type } });

describe('the rows that came after some data', () => {
  it('lie after its window; a row without an event time does not', () => {
    expect([...newerRows(years, { column: 'year', until: '1976' }, schema('number'))]).toEqual([1, 4]);
  });

  it('are not known without a window, its column, or its type', () => {
    expect(newerRows(years, undefined, schema('number'))).toHaveLength(0);
    expect(newerRows(years, { column: 'month', until: '1976' }, schema('number'))).toHaveLength(0);
    expect(newerRows(years, { column: 'year', until: '1976-01' }, schema('date'))).toHaveLength(0);
  });

  it('end a day at its last moment', () => {
    const days = tableOf(new Map([['day', dates(['2026-03-31T23:59:00Z', '2026-04-01T00:00:00Z'])]]));
    expect([...newerRows(days, { column: 'day', until: '2026-03' }, schemaOf(days))]).toEqual([1]);
  });
});
