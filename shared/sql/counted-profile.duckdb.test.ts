import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { profileTable } from '../dataset/profile/profile.ts';
import { tableOf } from '../dataset/table/table.ts';
import { schemaOf } from '../dataset/testing/dataset-builders.ts';
import type { DuckDbEngine } from '../source/duckdb/duckdb-engine.ts';
import { duckdbSourceOf } from '../source/testing/duckdb-source.ts';
import { countedProfile } from './counted-profile.ts';
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

  test('writes down the same digits, in whatever order its threads add up', async () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => Math.exp(Math.sin(i)));
    const table = tableOf([['x', { type: 'number', values }]]);
    const reference = profileTable(table, schemaOf(table));
    const profileOf = (order: string) =>
      countedProfile(reference, {
        dialect: duckdbDialect,
        // A query's order is dropped where no limit needs it.
        rows: {
          query: `SELECT exp(sin(i)) / 3 AS x FROM range(100000) AS made(i) ORDER BY ${order} LIMIT 1000000`,
          where: [],
        },
        values: new Map([['x', { sql: 'x' }]]),
        ask: (sql) => engine.ask(sql),
        scan: engine.scan,
      });
    const forwards = await profileOf('i');
    for (const order of ['i DESC', 'x', 'hash(i)']) expect(await profileOf(order)).toEqual(forwards);
  });

  testCounting(() => ({ dialect: duckdbDialect, ask: (sql) => engine.ask(sql), scan: engine.scan }));
});
