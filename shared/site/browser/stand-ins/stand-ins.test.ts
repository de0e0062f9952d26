import * as acorn from 'acorn';
import { describe, expect, test } from 'vitest';
import { keepExpression, parseExpressionAt } from './acorn.ts';
import { z } from './zod.ts';

describe('what stands in for acorn', () => {
  test.each([
    'd => d.horsepower / d.weight',
    '({ weight: w }) => w > 1e999 ? null : -0.5',
    "d => d['a b'] === null ? 'none' : `${d.x} <b>`",
    'd => op.month(d.sold) + 0x10',
  ])('gives the tree of %s as acorn does, after JSON too', (text) => {
    const tree = acorn.parseExpressionAt(text, 0, { ecmaVersion: 2023 });
    keepExpression(text, JSON.parse(JSON.stringify(tree)));
    const plain = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (_key, one) => (one === Number.POSITIVE_INFINITY ? 'infinite' : one)));
    expect(plain(parseExpressionAt(text))).toEqual(plain(tree));
  });

  test('refuses what came without a tree', () => {
    expect(() => parseExpressionAt('d => 1')).toThrow('the expression d => 1 came without its tree');
  });
});

test('what stands in for zod takes every value as it is', () => {
  const schema = Reflect.get(z, 'strictObject') as (shape: object) => { safeParse(value: unknown): unknown };
  expect(schema({ a: z }).safeParse(7)).toEqual({ success: true, data: 7 });
});
