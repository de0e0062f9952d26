import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featureColumns } from '../schema/schema.ts';
import { rowAt } from '../table/table.ts';
import { configOf, prepared, sourceOf } from '../testing/source-builder.ts';
import type { QualityReport } from './quality-report.ts';

const rows = 120;
const column = fc.array(fc.constantFrom('a', 'b', ' a', 'c', 'd', 'e', 'f', 'g'), {
  minLength: rows,
  maxLength: rows,
});
const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: rows, maxLength: rows });
const configurations = fc.constantFrom(
  configOf(),
  configOf({ data: { key: ['a', 'n'] } }),
  configOf({ data: { key: ['a', 'n'] }, features: { a: {}, n: {} } }),
  configOf({ data: { group: 'b' } }),
  configOf({ data: { group: 'b', key: 'n' }, features: { b: {} } }),
  configOf({ prepare: { exclude: ['b'] } }),
  configOf({ prepare: { trim: false } }),
  configOf({ prepare: { duplicates: 'drop' } }),
  configOf({ features: { n: { range: [5, null] } } }),
  configOf({ features: { n: { range: [5, null], invalid: 'drop' } } }),
  configOf({ data: { time: 'n' }, split: { by: 'time', test: 0.4, validation: 0.3 }, features: { n: {} } }),
);

function measured(quality: QualityReport, check: string): unknown {
  return quality.checks.find((entry) => entry.check === check)?.measured;
}

test('equal rows, on one side and across sides, are as many as comparing every row with every other finds', () => {
  fc.assert(
    fc.property(column, column, numbers, configurations, (a, b, n, config) => {
      // A target of its own for every third row: some rows are equal in all columns, others only in the features.
      const y = n.map((value, i) => (i % 3 === 0 ? i : value));
      const { splits, schema, quality } = prepared(sourceOf({ a, b, n, y }), config);
      const features = featureColumns(schema).map(({ name }) => name);
      const textsOf = (side: 'train' | 'validation' | 'test', names: readonly string[]): string[] =>
        Array.from({ length: splits[side].table.rows }, (_, row) => {
          const record = rowAt(splits[side].table, row);
          return JSON.stringify(names.map((name) => record[name]));
        });
      const judged = (names: readonly string[]): string[] => [
        ...textsOf('validation', names),
        ...textsOf('test', names),
      ];
      const trained = new Set(textsOf('train', features));
      expect(measured(quality, 'split-duplicates')).toBe(
        judged(features).filter((text) => trained.has(text)).length,
      );
      const all = [...textsOf('train', ['a', 'b', 'n', 'y']), ...judged(['a', 'b', 'n', 'y'])];
      expect(measured(quality, 'max-duplicates')).toBeCloseTo(
        (all.length - new Set(all).size) / all.length,
        12,
      );
    }),
    { numRuns: 150 },
  );
});
