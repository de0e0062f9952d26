import { expect, test } from 'vitest';
import { localData } from './files-to-add.ts';

test.each([
  [{ type: 'file', path: 'data.csv' }, ['data.csv']],
  [{ type: 'file', path: ['data/*.csv', 's3://bucket/more.csv'] }, ['data']],
  // A pattern of this folder would otherwise be everything that lies in it.
  [{ type: 'file', path: '*.csv' }, ['*.csv']],
  [{ type: 'duckdb', database: 'rows.duckdb' }, ['rows.duckdb']],
  [{ type: 'duckdb' }, []],
  [{ type: 'http' }, []],
])('the data that is committed of %j', (source, files) => expect(localData(source)).toEqual(files));
