import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatJson } from './json.ts';
import { jsonPieces } from './json-pieces.ts';

const text = (value: unknown): string => Buffer.concat([...jsonPieces(value)]).toString();

describe('JSON in pieces', () => {
  test('is what formatJson gives at once, of any value', () => {
    const value = fc.jsonValue({ maxDepth: 6 });
    fc.assert(
      fc.property(value, (any) => {
        expect(text(any)).toBe(formatJson(any));
      }),
      { numRuns: 300 },
    );
  });

  test('asks for the items of an iterable one by one, each after the one before it is written', () => {
    const asked: number[] = [];
    const columns = {
      *[Symbol.iterator]() {
        for (const n of [1, 2, 3]) {
          asked.push(n);
          yield { n, 'two\nlines': ['a\nb'] };
        }
      },
    };
    const pieces = jsonPieces({ rows: 1, columns, left: undefined });
    let seen = '';
    while (!seen.includes('"n": 1')) seen += Buffer.from(pieces.next().value!).toString();
    expect(asked).toEqual([1]);
    expect(seen + Buffer.concat([...pieces]).toString()).toBe(
      formatJson({ columns: [1, 2, 3].map((n) => ({ n, 'two\nlines': ['a\nb'] })), rows: 1 }),
    );
  });

  test('refuses what JSON cannot hold', () => {
    expect(() => text({ deep: [{ deeper: [Number.NaN] }] })).toThrow('JSON cannot hold NaN');
  });
});
