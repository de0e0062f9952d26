import { describe, inject } from 'vitest';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { testCountedAsRead } from '../testing/counted-as-read.ts';
import { duckdbSourceOf, readDuckDb } from '../testing/duckdb-source.ts';

describe('DuckDB', () => {
  testCountedAsRead(() => ({
    dialect: duckdbDialect,
    open: (query) => duckdbSourceOf(query, inject('duckdb')),
    read: (query, options) => readDuckDb(query, inject('duckdb'), options),
  }));
});
