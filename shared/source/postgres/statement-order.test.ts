import { expect, test } from 'vitest';
import { hasOrder } from './statement-order.ts';

test.each([
  ['select * from t order by id', true],
  ['SELECT * FROM t\nORDER\n  BY id;', true],
  ['(select 1) union (select 2) order by 1', true],
  ['select * from t', false],
  ['select * from (select * from t order by id) s', false],
  ['select row_number() over (order by id) from t', false],
  ["select * from t where a = 'order by'", false],
  ["select * from t where a = 'it''s' -- order by id", false],
  ['select * from t /* order by id */', false],
  ['select "order by" from t', false],
  ['select $$ order by id $$ from t', false],
])('%s: %s', (query, expected) => {
  expect(hasOrder(query)).toBe(expected);
});
