import { describe, expect, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { messageFrom, readConfigured, readFiles, rowsOf } from '../testing/read-helpers.ts';
import { readAndHear } from '../testing/real-tables.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const rowsIn = async (...given: Parameters<typeof readFiles>) => rowsOf((await readFiles(...given)).table);

describe('a JSON file', () => {
  test('gives its rows in the types that JSON has', async () => {
    const { table } = await readFiles({
      'a.json': '\ufeff[{"n":1.5,"t":"007","b":true,"m":null},{"t":"NA","b":false,"extra":-2}]',
    });
    expect([...table.columns].map(([name, { type }]) => [name, type])).toEqual([
      ['n', 'number'],
      ['t', 'category'],
      ['b', 'boolean'],
      ['m', 'number'],
      ['extra', 'number'],
    ]);
    expect(rowsOf(table)).toEqual([
      { n: 1.5, t: '007', b: true, m: null, extra: null },
      { n: null, t: null, b: false, m: null, extra: -2 },
    ]);
  });

  test('makes a column of mixed types text, and keeps declared texts', async () => {
    const text = '[{"a":1,"zip":10115,"f":true},{"a":"x","zip":2,"f":0.5},{"a":2.5,"zip":null,"f":null}]';
    expect(await rowsIn({ 'a.json': text }, {}, { textColumns: new Set(['zip']) })).toEqual([
      { a: '1', zip: '10115', f: 'true' },
      { a: 'x', zip: '2', f: '0.5' },
      { a: '2.5', zip: null, f: null },
    ]);
  });

  test('keeps the digits of whole numbers that no double can hold', async () => {
    expect(await rowsIn({ 'a.json': '[{"id":9007199254740993,"x":0.12345678901234566}]' })).toEqual([
      { id: '9007199254740993', x: 0.12345678901234566 },
    ]);
  });

  test('keeps objects and arrays as JSON text, and warns', async () => {
    const entries: LogEntry[] = [];
    await using folder = await temporaryFolder({ 'a.json': '[{"a":{"x":[1]},"b":[2],"c":3}]' });
    const { table } = await readConfigured(
      { type: 'file', path: 'a.json' },
      { directory: folder.path, logger: recordingLogger(entries) },
    );
    expect(rowsOf(table)).toEqual([{ a: '{"x":[1]}', b: '[2]', c: 3 }]);
    expect(entries).toEqual([
      {
        level: 'warn',
        message:
          'a, b: holds objects or arrays, kept as JSON text; list it under prepare.exclude, or flatten it where it ' +
          'comes from',
      },
    ]);
  });

  test.each([
    ['$.data.items', '{"data":{"items":[{"a":1},{"a":2}]}}'],
    ['$.data.items[*]', '{"data":{"items":[{"a":1},{"a":2}]}}'],
    ["$['the data'][0]", '{"the data":[[{"a":1},{"a":2}]]}'],
    ['$.pages[*].rows', '{"pages":[{"rows":[{"a":1}]},{"rows":[]},{"rows":[{"a":2}]}]}'],
    ['$', '[{"a":1},{"a":2}]'],
  ])('gives the rows at %s', async (rows, text) => {
    expect(await rowsIn({ 'a.json': text }, { rows })).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('without rows at its path says what is there, and where rows are', async () => {
    const text = '{"meta":{"count":1},"data":{"my items":[{"a":1}]}}';
    expect(await messageFrom(readFiles({ 'a.json': text }))).toBe(
      'a.json: data.source.rows is $, which leads to an object with "meta", "data"; rows are an array of objects; ' +
        "there is one at $.data['my items']",
    );
    expect(await messageFrom(readFiles({ 'a.json': text }, { rows: '$.rows' }))).toBe(
      'a.json: data.source.rows is $.rows, which leads nowhere; rows are an array of objects; ' +
        "there is one at $.data['my items']",
    );
    expect(await messageFrom(readFiles({ 'a.json': '[{"a":1},[2]]' }))).toBe(
      'a.json: row 2 of $ is an array ("[2]"); every row must be an object of columns'.replace(
        '"[2]"',
        '[2]',
      ),
    );
  });

  test('with a path that is not understood says where it is stuck', async () => {
    expect(await messageFrom(readFiles({ 'a.json': '[]' }, { rows: '$.data..items' }))).toBe(
      'data.source.rows: "$.data..items" is not a path that is understood (stuck at "..items"); ' +
        "write $ and then .name, ['name'], [0] or [*]: $.data.items, $.pages[*].rows",
    );
  });

  test('that is not JSON says on which line and column', async () => {
    const messageOf = (text: string) => messageFrom(readFiles({ 'a.json': text }));
    expect(await messageOf('[\n  {"a": 1},\n  {"a": oops}\n]')).toBe(
      "a.json:3:9: this is not JSON (Unexpected token 'o')",
    );
    expect(await messageOf('[{"a":1}')).toBe(
      "a.json:1:9: this is not JSON (Expected ',' or ']' after array element)",
    );
    expect(await messageOf('[{"a":"x\\q"}]')).toBe('a.json:1:10: this is not JSON (Bad escaped character)');
    expect(await messageOf('hello')).toBe("a.json: this is not JSON (Unexpected token 'h')");
    expect(await messageOf('{"a":1}\n{"a":2}\n')).toBe(
      'a.json:2:1: this is not JSON (Unexpected non-whitespace character after JSON); it looks like one object a ' +
        'line: set data.source.format to ndjson',
    );
    expect(await messageFrom(readFiles({ 'a.json': ' \n' }))).toBe(
      'a.json is empty; a JSON file holds an array of objects',
    );
  });
});

describe('an NDJSON file', () => {
  test('gives a row for each line that is not empty, whatever ends it', async () => {
    expect(await rowsIn({ 'a.ndjson': '{"a":1,"b":"ä"}\r\n\n{"a":2}\n{"b":"x"}' })).toEqual([
      { a: 1, b: 'ä' },
      { a: 2, b: null },
      { a: null, b: 'x' },
    ]);
  });

  test('may be larger than a chunk of reading', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `{"id":${i},"t":"ü"}`);
    const { table } = await readFiles({ 'a.jsonl': lines.join('\n') });
    expect(table.rows).toBe(200_000);
    expect(rowsOf(table).at(-1)).toEqual({ id: 199_999, t: 'ü' });
  });

  test('with a line that is not an object says which', async () => {
    expect(await messageFrom(readFiles({ 'a.ndjson': '{"a":1}\n\n{"a":}\n' }))).toMatch(
      /^a\.ndjson:3: this line is not JSON \(.+\): "\{\\"a\\":\}"$/,
    );
    expect(await messageFrom(readFiles({ 'a.ndjson': '{"a":1}\n[2]\n' }))).toBe(
      'a.ndjson:2: every line must be an object of columns, this one is [2]',
    );
    expect(await messageFrom(readFiles({ 'a.ndjson': Buffer.from('{"a":"\xfc"}\n', 'latin1') }))).toContain(
      'a.ndjson is not UTF-8: invalid bytes at offset 6 (fc 22 7d)',
    );
  });
});

test('several JSON files are one table, and their columns must agree', async () => {
  const files = { 'a.json': '[{"x":1,"y":2}]', 'b.json': '[]', 'c.json': '[{"x":"q"}]' };
  expect(await messageFrom(readFiles(files))).toBe(
    'the columns of c.json differ from those of a.json: it lacks "y"; make them the same, or set ' +
      'data.source.columns: union, which leaves missing what a file lacks',
  );
  expect(await rowsIn(files, { columns: 'union' })).toEqual([
    { x: '1', y: 2 },
    { x: 'q', y: null },
  ]);
});

test('names lose what cannot be seen, and a marker of the target is counted, in JSON too', async () => {
  const labels = { column: 'y', classes: false, strict: true };
  const rows = '[{"\\u200bid":"007","y":"NA"},{"\\u200bid":"8","y":2},{"y":"NA"}]';
  const { table, told } = await readAndHear({ 'a.json': rows }, {}, { labels });
  expect(rowsOf(table)).toEqual([
    { id: '007', y: null },
    { id: '8', y: 2 },
    { id: null, y: null },
  ]);
  expect(told).toEqual([
    'column "y": 2 values are "NA" and count as missing',
    'JSON: the name "\\u200bid" is read as "id", without what cannot be seen',
  ]);
  expect(await messageFrom(readFiles({ 'a.json': '[{"a":1,"\\u200ba":2}]' }))).toContain(
    'are both named "a"',
  );
});
