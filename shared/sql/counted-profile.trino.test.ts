import { beforeAll, describe, inject } from 'vitest';
import { trinoSourceOf } from '../source/testing/trino-source.ts';
import type { TrinoEngine } from '../source/trino/trino-engine.ts';
import { testCounting } from './testing/counting-engine.ts';
import { trinoDialect } from './trino-dialect.ts';

describe('Trino', () => {
  let engine: TrinoEngine;

  beforeAll(async () => {
    engine = await trinoSourceOf('SELECT 1 AS x', inject('trino').http);
  });

  // A table takes two seconds.
  testCounting(() => ({ dialect: trinoDialect, ask: (sql) => engine.ask(sql) }), 15);
});
