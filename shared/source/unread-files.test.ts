import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { messageFrom, readFiles, rowsOf } from './testing/read-helpers.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** The start of an archive with one member (APPNOTE.TXT of ZIP, 4.3.7: a local file header). */
function zipOf(member: string, content = ''): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(member.length, 26);
  return Buffer.concat([header, Buffer.from(member + content)]);
}

async function databaseOfSqlite(): Promise<Buffer> {
  await using folder = await temporaryFolder({});
  const file = path.join(folder.path, 'a.db');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE cars (id INTEGER, price REAL); INSERT INTO cars VALUES (1, 2.5)');
  database.close();
  return readFileSync(file);
}

const columnar = JSON.parse(readFileSync(new URL('fixtures/columnar.json', import.meta.url), 'utf8')) as {
  files: Record<string, string>;
};
const parquet = Buffer.from(columnar.files['snappy.parquet']!, 'base64');
const csv = 'id,price\n1,2.5\n';
const spreadsheet = 'a spreadsheet, by its first bytes: save the sheet as CSV (UTF-8)';
const archive = 'an archive, by its first bytes: unpack it';

describe('a file that is something else than it is called', () => {
  test.each([
    ['a workbook of Excel', zipOf('[Content_Types].xml', '<Types/>'), spreadsheet],
    ['one of OpenDocument', zipOf('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), spreadsheet],
    ['an older one of Excel', Buffer.from('d0cf11e0a1b11ae10000000000000000', 'hex'), spreadsheet],
    ['an archive of ZIP', zipOf('cars.csv', csv), archive],
    ['one of Zstandard', zstdCompressSync(csv), archive],
    ['gzip', gzipSync(csv), 'packed with gzip, by its first bytes: end its name in .gz, or unpack it'],
    [
      'a Parquet file',
      parquet,
      'a Parquet file, by its first bytes: end its name in .parquet, or set data.source.format to parquet',
    ],
  ] as const)('says what it is and what to do: %s', async (_, bytes, said) => {
    const names = ['cars.csv', 'cars.json', 'cars.ndjson', 'cars.arrow'];
    for (const name of names)
      expect(await messageFrom(readFiles({ [name]: bytes }))).toBe(`${name} is ${said}`);
    const declared = { format: 'csv', encoding: 'windows-1252' } as const;
    expect(await messageFrom(readFiles({ 'cars.csv': bytes }, declared))).toBe(`cars.csv is ${said}`);
    if (bytes === parquet) return;
    expect(await messageFrom(readFiles({ 'cars.parquet': bytes }))).toBe(`cars.parquet is ${said}`);
  });

  test('says so of a database of SQLite, and of what a .gz holds', async () => {
    const bytes = await databaseOfSqlite();
    const said =
      /^cars\.csv is a database of SQLite, by its first bytes: write its table as CSV or Parquet: sqlite3 /;
    expect(await messageFrom(readFiles({ 'cars.csv': bytes }))).toMatch(said);
    expect(await messageFrom(readFiles({ 'cars.csv.gz': gzipSync(parquet) }))).toMatch(
      /^cars\.csv\.gz is a Parquet file, /,
    );
  });

  test('is none because its first column is called as such a file begins', async () => {
    for (const name of ['PAR1', 'PK', 'BZh9', 'ARROW1', 'SQLite format 3']) {
      const { table } = await readFiles({ 'cars.csv': `${name},b\n1,2\n` });
      expect(rowsOf(table)).toEqual([{ [name]: 1, b: 2 }]);
    }
  });
});
