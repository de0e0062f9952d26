import { describe, inject } from 'vitest';
import { labelSql, samplesAsTold } from '../testing/sample-contract.ts';
import { trinoSourceOf } from '../testing/trino-source.ts';

describe('a sample that Trino draws', () => {
  samplesAsTold(() => ({
    open: (query) => trinoSourceOf(query, inject('trino').http),
    rows: (count) =>
      `SELECT id, ${labelSql('id')} AS label FROM UNNEST(sequence(0, ${count - 1})) AS numbers (id)`,
  }));
});
