import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { DuckDbEngine } from '../source/duckdb/duckdb-engine.ts';
import { duckdbSourceOf } from '../source/testing/duckdb-source.ts';
import { duckdbDialect } from './duckdb-dialect.ts';
import { testCounting } from './testing/counting-engine.ts';

describe('DuckDB', () => {
  let engine: DuckDbEngine;

  beforeAll(async () => {
    engine = await duckdbSourceOf('SELECT 1 AS x', inject('duckdb'));
  });

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
  });

  testCounting(() => ({ dialect: duckdbDialect, ask: (sql) => engine.ask(sql), scan: engine.scan }));
});
