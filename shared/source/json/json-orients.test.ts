import { describe, expect, test } from 'vitest';
import { messageFrom, readFiles, rowsOf } from '../testing/read-helpers.ts';
import { realTables } from '../testing/real-tables.ts';

const rowsIn = async (text: string, source: object = {}) =>
  rowsOf((await readFiles({ 'a.json': text }, source)).table);

describe('a table as pandas writes it', () => {
  test.each(Object.entries(realTables.orients))('by orient %s gives its rows', async (_, text) => {
    expect(await rowsIn(text)).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: null },
    ]);
  });

  test('may lie inside a document', async () => {
    expect(
      await rowsIn(`{"meta":{"n":2},"table":${realTables.orients.split}}`, { rows: '$.table' }),
    ).toHaveLength(2);
  });

  test('is none when rows and columns cannot be told apart, or lists differ in length', async () => {
    for (const text of [
      '{"a":{"x":1},"b":{"x":2}}',
      '{"a":[1,2],"b":[1]}',
      '{"columns":["a"],"data":[[1,2]]}',
    ]) {
      expect(await messageFrom(readFiles({ 'a.json': text }))).toContain(
        'data.source.rows is $, which leads to',
      );
    }
  });
});

describe('what Python writes besides JSON', () => {
  test('is read: NaN as missing, Infinity as itself, and texts as they are', async () => {
    const rows = [
      { a: null, t: 'NaN, "Infinity"' },
      { a: Number.NEGATIVE_INFINITY, t: 'x' },
      { a: Number.POSITIVE_INFINITY, t: 'y' },
    ];
    const texts = [
      '{"a": NaN, "t": "NaN, \\"Infinity\\""}',
      '{"a": -Infinity, "t": "x"}',
      '{"a": Infinity, "t": "y"}',
    ];
    expect(await rowsIn(`[${texts.join(', ')}]`)).toEqual(rows);
    expect(rowsOf((await readFiles({ 'a.ndjson': texts.join('\n') })).table)).toEqual(rows);
    expect(await messageFrom(readFiles({ 'a.json': '[{"a": Nan}]' }))).toContain('this is not JSON');
  });
});

describe('documents of the other kind', () => {
  test('an array in an NDJSON file names the format', async () => {
    const expected = 'and NDJSON is one object a line: set data.source.format to json';
    for (const text of ['[{"a":1},{"a":2}]', '[\n{"a":1}\n]']) {
      expect(await messageFrom(readFiles({ 'a.ndjson': text }))).toContain(expected);
    }
  });

  test('several documents in a JSON file say where the second begins', async () => {
    expect(await messageFrom(readFiles({ 'a.json': '[{"a":1}]\n[{"a":2}]\n' }))).toMatch(
      /^a\.json:2:1: this is not JSON .*a second document begins here, and a JSON file holds one: .* jq -s 'flatten\(1\)'/,
    );
    expect(await messageFrom(readFiles({ 'a.json': '{\n"a":1\n}\n{\n"a":2\n}' }))).toContain('a.json:4:1:');
    expect(await messageFrom(readFiles({ 'a.json': '{"a":1}\n{"a":2}' }))).toContain(
      'set data.source.format to ndjson',
    );
  });
});
