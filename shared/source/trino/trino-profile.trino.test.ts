import { describe, inject } from 'vitest';
import { trinoDialect } from '../../sql/trino-dialect.ts';
import { testCountedAsRead } from '../testing/counted-as-read.ts';
import { readTrino, trinoSourceOf } from '../testing/trino-source.ts';

describe('Trino', () => {
  const { http } = inject('trino');
  // A table takes ten seconds.
  testCountedAsRead(
    () => ({
      dialect: trinoDialect,
      open: (query) => trinoSourceOf(query, http),
      read: (query, options) => readTrino(query, http, options),
    }),
    6,
  );
});
