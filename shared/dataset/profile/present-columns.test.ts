import { expect, it } from 'vitest';
import { tableOf } from '../table/table.ts';
import { categories, numbers, schemaOf } from '../testing/dataset-builders.ts';
import { presentColumns } from './present-columns.ts';
import { profileTable } from './profile.ts';
import { withMinCount } from './profile-publication.ts';

it('are the features that fewer than five training rows lack, in a published profile too', () => {
  const lacking = (rows: number) => Array.from({ length: 100 }, (_, i) => (i < rows ? null : i % 7));
  const table = tableOf([
    ['none', numbers(lacking(0))],
    ['four', numbers(lacking(4))],
    ['five', numbers(lacking(5))],
    ['all', numbers(lacking(100))],
    ['text', categories(lacking(0).map(String))],
  ]);
  const profile = profileTable(table, schemaOf(table));
  expect([...presentColumns(profile)]).toEqual(['none', 'four', 'text']);
  expect(presentColumns(withMinCount(profile, 5))).toEqual(presentColumns(profile));
});
