import { expect, test } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { sha256 } from '../../platform/digest.ts';
import { silentLogger } from '../../platform/logger.ts';
import { readSource } from '../read-source.ts';
import { messageFrom, readFiles, readOptions, rowsOf } from '../testing/read-helpers.ts';
import { realTables } from '../testing/real-tables.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

test.each(Object.entries(realTables.encodings))(
  'a CSV file in %s, as Python writes it, gives the rows of its text',
  async (encoding, { text, bytes }) => {
    const expected = rowsOf((await readFiles({ 'a.csv': text })).table);
    const { table, parts } = await readFiles({ 'a.csv': bytes }, { encoding });
    expect(rowsOf(table)).toEqual(expected);
    expect(parts[0]!.digest).toBe(sha256(bytes));
  },
);

test.each(['utf16le', 'utf16be'] as const)(
  '%s by its byte-order mark needs no declaration',
  async (order) => {
    const bytes = Buffer.from('\ufeffname,x\nÄrger,1\n', 'utf16le');
    if (order === 'utf16be') bytes.swap16();
    const expected = [{ name: 'Ärger', x: 1 }];
    expect(rowsOf((await readFiles({ 'a.csv': bytes })).table)).toEqual(expected);
    const json = Buffer.from('\ufeff[{"name":"Ärger","x":1}]', 'utf16le');
    if (order === 'utf16be') json.swap16();
    expect(rowsOf((await readFiles({ 'a.json': json })).table)).toEqual(expected);
  },
);

test('a file that is larger than a chunk of reading may have characters across its chunks', async () => {
  const text = `name\n${'日本語\n'.repeat(300_000)}`;
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const { table } = await readFiles({ 'a.csv': bytes });
  expect(table.columns.get('name')).toEqual({
    type: 'category',
    codes: new Int32Array(300_000),
    dictionary: ['日本語'],
  });
});

test('bytes that an encoding does not have are an error with their offset', async () => {
  const bytes = Buffer.concat([Buffer.from('name\n'), Buffer.from([0x93, 0x8c, 0xff, 0x0a])]);
  expect(await messageFrom(readFiles({ 'a.csv': bytes }, { encoding: 'shift_jis' }))).toBe(
    'a.csv is not shift_jis: invalid bytes at offset 7 (ff 0a); say in data.source.encoding what it is written ' +
      'in, or leave that out for UTF-8',
  );
  const late = Buffer.concat([Buffer.from('a\n'.repeat(1_000_000)), Buffer.from([0xff, 0xff])]);
  expect(await messageFrom(readFiles({ 'a.csv': late }, { encoding: 'gbk' }))).toContain(
    'invalid bytes at offset 2000000 (ff ff)',
  );
});

test('a mark of UTF-8 contradicts another encoding', async () => {
  expect(await messageFrom(readFiles({ 'a.csv': '\ufeffa\n1\n' }, { encoding: 'windows-1252' }))).toBe(
    'a.csv begins with the byte-order mark of UTF-8, and data.source.encoding is "windows-1252": leave it out',
  );
  expect(rowsOf((await readFiles({ 'a.csv': '\ufeffa\n1\n' }, { encoding: 'utf8' })).table)).toEqual([
    { a: 1 },
  ]);
});

test('an encoding that nobody knows is refused with usual ones', async () => {
  expect(await messageFrom(readFiles({ 'a.csv': 'a\n1\n' }, { encoding: 'klingon' }))).toMatch(
    /^data\.source\.encoding is "klingon", which is not an encoding that is known; usual ones are utf-8, .*windows-1252/,
  );
});

test('bytes of an encoding that is not declared name the line that declares it, for the source that it is', async () => {
  const bytes = Buffer.from('a,b\n1,M\u00fcnchen\n', 'latin1');
  expect(await messageFrom(readFiles({ 'a.csv': bytes }))).toContain(
    'data: { source: { encoding: windows-1252 } }',
  );
  expect(rowsOf((await readFiles({ 'a.csv': bytes }, { encoding: 'windows-1252' })).table)).toEqual([
    { a: 1, b: 'München' },
  ]);
  await using folder = await temporaryFolder({ 'a.csv': bytes });
  const ports = { logger: silentLogger, clock: fixedClock(0), environment: {}, directory: folder.path };
  const source = sourceSchema.parse({ type: 'file', path: 'a.csv' });
  expect(await messageFrom(readSource(source, readOptions, ports, 'monitor.source'))).toContain(
    'monitor: { source: { encoding: windows-1252 } }',
  );
  expect(await messageFrom(readSource(source, readOptions, ports, 'data.sources.orders'))).toContain(
    'data: { sources: { orders: { encoding: windows-1252 } } }',
  );
});
