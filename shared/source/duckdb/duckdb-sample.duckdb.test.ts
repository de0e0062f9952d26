import { describe, inject } from 'vitest';
import { duckdbSourceOf } from '../testing/duckdb-source.ts';
import { labelSql, samplesAsTold } from '../testing/sample-contract.ts';

describe('a sample that DuckDB draws', () => {
  samplesAsTold(() => ({
    open: (query) => duckdbSourceOf(query, inject('duckdb')),
    rows: (count) => `SELECT range AS id, ${labelSql('range')} AS label FROM range(${count})`,
  }));
});
