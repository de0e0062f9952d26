import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { messageFrom, readFiles } from '../testing/read-helpers.ts';

const messageOfCsv = (content: string | Uint8Array, name = 'cars.csv') =>
  messageFrom(readFiles({ [name]: content }));

test('an empty file says what a CSV file begins with', async () => {
  expect(await messageOfCsv('')).toBe('cars.csv is empty; a CSV file begins with a row of column names');
  expect(await messageOfCsv('\ufeff\n\n')).toBe(
    'cars.csv is empty; a CSV file begins with a row of column names',
  );
});

test('a row with too many fields says where it is, how many it has and should have, and its text', async () => {
  expect(await messageOfCsv('a,b\n1,2\n\n3,"x\ny"\n4,5,6\n7,8\n')).toBe(
    'cars.csv:6: row 3 has 3 fields, the header has 2 ("a, b"): "4,5,6". ' +
      'A text that holds the delimiter must stand in quotation marks.',
  );
});

test('a row with too few fields says so, and its row counts from the first row of data', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},x`);
  rows[48_212] = '48213';
  expect(await messageOfCsv(`a,b\n${rows.join('\n')}\n`)).toBe(
    'cars.csv:48214: row 48213 has 1 field, the header has 2 ("a, b"): "48213". ' +
      'An empty cell still needs its delimiter.',
  );
});

test('two columns of one name are named with their places', async () => {
  expect(await messageOfCsv('a,b, a\n1,2,3\n')).toBe(
    'cars.csv:1: columns 1 and 3 are both named "a"; every column needs a name of its own',
  );
});

test('a quotation mark that is never closed says on which line it began', async () => {
  const rest = Array.from({ length: 100_000 }, (_, i) => `${i},x`).join('\n');
  expect(await messageOfCsv(`a,b\n1,2\n3,"open\n${rest}\n`)).toBe(
    'cars.csv:3: row 2 opens a quotation mark that is never closed: ' +
      `"\\"open\\n0,x\\n1,x\\n2,x\\n3,x\\n4,x\\n5,x\\n6,x\\n7,x\\n8,x\\n9,x\\n10,x\\n11,x\\n12,x...". ` +
      'Close it, or double the mark ("") where it is meant as a character.',
  );
});

test('text after a closing mark is refused', async () => {
  expect(await messageOfCsv('a,b\n1,"x"y\n')).toBe(
    'cars.csv:2: row 1 has text after a closing quotation mark: "\\"x\\"y\\n". ' +
      'Write a mark inside a quoted cell twice ("").',
  );
});

test('bytes that are not UTF-8 are shown with their offset', async () => {
  const text = Buffer.from('a,b\n1,M\u00fcnchen\n', 'latin1');
  expect(await messageOfCsv(text)).toBe(
    'cars.csv is not UTF-8: invalid bytes at offset 7 (fc 6e 63 68); save it as UTF-8 ' +
      '(iconv -f WINDOWS-1252 -t UTF-8, when it comes from an older Windows program), ' +
      'or say what it is: data: { source: { encoding: windows-1252 } }',
  );
  const late = Buffer.concat([
    Buffer.from(`a\n${'ä\n'.repeat(400_000)}`),
    Buffer.from([0xc3]),
    Buffer.from('\n'),
  ]);
  expect(await messageOfCsv(late)).toContain('invalid bytes at offset 1200002 (c3 0a)');
});

test('NUL bytes are refused with what they mean', async () => {
  expect(await messageOfCsv('a,b\n1,\0\n')).toBe(
    'cars.csv has a NUL byte at offset 6: it is not text in UTF-8 ' +
      '(UTF-16 without its mark, a binary file, or cut short while it was written); ' +
      'if it is UTF-16, add data: { source: { encoding: utf-16le } }',
  );
});

test('a gzip file that is cut short, or is none, says so', async () => {
  const packed = gzipSync('a,b\n1,2\n'.repeat(1000));
  expect(await messageOfCsv(packed.subarray(0, packed.length - 10), 'cars.csv.gz')).toBe(
    'cannot unpack cars.csv.gz: unexpected end of file; it is no whole gzip file',
  );
  expect(await messageOfCsv('a,b\n1,2\n', 'cars.csv.gz')).toBe(
    'cannot unpack cars.csv.gz: incorrect header check; it is no whole gzip file',
  );
});

test('files whose columns differ are named with what differs', async () => {
  const files = { 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,z\n1,2\n' };
  expect(await messageFrom(readFiles(files))).toBe(
    'the columns of b.csv differ from those of a.csv: it lacks "y" and has "z" besides; make them the same, ' +
      'or set data.source.columns: union, which leaves missing what a file lacks',
  );
});

test('a delimiter that cannot be one is refused', async () => {
  expect(await messageFrom(readFiles({ 'a.csv': 'a\n' }, { delimiter: '"' }))).toBe(
    'data.source.delimiter is "\\""; it must be one ASCII character other than a quotation mark or a line end: ' +
      '"," or ";" or "\\t" or "|"',
  );
});
