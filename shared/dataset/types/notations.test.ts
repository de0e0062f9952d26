import { describe, expect, test } from 'vitest';
import { valuesOf } from '../testing/read-column.ts';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';
import { readOptionsFor } from './read-rules.ts';

describe('what was read', () => {
  const y = times(60, (i) => i % 7);
  const price = times(60, (i) => `${i + 1}.${String(100 + i)},50 €`);
  const day = times(60, (i) => `${(i % 28) + 1}/12/2024`);
  const first = prepared(sourceOf({ price, day, y, id: times(60, (i) => i * 1.5) }));

  test('stands in the schema and in the lock', () => {
    expect(first.lock.types).toMatchObject({ price: 'number', day: 'date' });
    const found = Object.fromEntries(first.schema.columns.map(({ name, format }) => [name, format]));
    expect(found).toMatchObject({ price: '1.234,5€', day: 'd/M/yyyy' });
    expect(first.lock.formats).toEqual({ price: '1.234,5€', day: 'd/M/yyyy' });
  });

  test('holds for later rows that alone could be read in two ways, or as plain numbers', () => {
    const later = sourceOf({
      price: times(60, () => '1.234'),
      day: times(60, () => '01/02/2024'),
      y,
      id: times(60, (i) => i * 1.5),
    });
    expect(refusal(later)).toContain('can be read in two ways');
    const { splits } = prepared(later, configOf(), { lock: first.lock, moveLock: {} });
    const { columns } = splits.train.table;
    expect(new Set(valuesOf(columns.get('price')!))).toEqual(new Set([1234]));
    expect(new Set(valuesOf(columns.get('day')!))).toEqual(new Set([Date.UTC(2024, 1, 1)]));
    expect(readOptionsFor(configOf(), first.lock).textColumns).toEqual(new Set(['day', 'price']));
  });

  test('is not taken where the configuration says another', () => {
    const config = configOf({ features: { day: { type: 'date', format: 'M/d/yyyy' } } });
    expect(refusal(sourceOf({ price, day, y }), config, { lock: first.lock, moveLock: {} })).toContain(
      'not a date of the format M/d/yyyy',
    );
  });
});
