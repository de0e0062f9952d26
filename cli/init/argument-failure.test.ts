import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpServer } from '../../shared/source/testing/http-server.ts';
import { errorJsonSchema } from '../json/json-output.ts';
import { runInMemory } from '../testing/test-io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo init '));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

/** What `ciclo init` says of data that it cannot take. */
async function refusal(...argv: string[]): Promise<string> {
  const { code, stdout } = await runInMemory(['init', ...argv, '--json'], { cwd });
  expect(code).toBe(2);
  return errorJsonSchema.parse(JSON.parse(stdout)).error.message;
}

const numbers = (rows: number): string => Array.from({ length: rows }, (_, i) => `${i},${i % 7}\n`).join('');

test('an address with nothing at it is spoken of as an address', async () => {
  await using server = await httpServer((_request, response) => {
    response.writeHead(404).end('no such file');
  });
  expect(await refusal(`${server.url}/prices.csv`)).toBe(
    `${server.url}/prices.csv answered 404, saying "no such file": there is nothing at this address: is it written right?`,
  );
});

test('a setting that no argument makes is said with the ciclo.yml that makes it, without the address', async () => {
  await using server = await httpServer((_request, response) => {
    response.writeHead(401).end();
  });
  const message = await refusal(`${server.url}/prices.csv?key=s3cret`);
  expect(message).toContain('none are sent: set data.source.headers, as in Authorization');
  expect(message).toContain('ciclo init has no argument for that. Write it into ciclo.yml yourself');
  expect(message).toContain('data: { source: { type: http, … } }');
  expect(message).not.toContain('s3cret');
});

test('two tables in a folder are told apart, with the one to name and the line that joins the other', async () => {
  await mkdir(path.join(cwd, 'data'));
  await writeFile(path.join(cwd, 'data/customers.csv'), `cust,age\n${numbers(40)}`);
  await writeFile(path.join(cwd, 'data/orders.csv'), `id,cust,amount\n1,2,3\n`);
  const message = await refusal();
  expect(message).toContain(
    'data/customers.csv and data/orders.csv are two tables, with only cust in common',
  );
  expect(message).toContain('  ciclo init data/orders.csv');
  expect(message).toContain('steps: [{ join: { with: more, on: "cust" } }]');
  expect(message).not.toContain('data.source.columns');
});

test('one table whose later file has a column more is advised to be read as a union', async () => {
  await mkdir(path.join(cwd, 'data'));
  await writeFile(path.join(cwd, 'data/2023.csv'), `size,price\n${numbers(40)}`);
  await writeFile(path.join(cwd, 'data/2024.csv'), `size,price,rooms\n1,2,3\n`);
  const message = await refusal('data');
  expect(message).toContain('set data.source.columns: union');
  expect(message).toContain('data: { source: { type: file, path: "data/*.csv" } }');
});

test.each([
  ['rows.sqlite', /rows\.sqlite is a database of SQLite, which is not read: .*sqlite3 -header -csv/],
  ['rows.xlsx', /rows\.xlsx is a spreadsheet, which is not read: save the sheet as CSV/],
])('%s is said to be what it is, named or not', async (name, message) => {
  await writeFile(path.join(cwd, name), 'x');
  expect(await refusal(name)).toMatch(message);
  expect(await refusal()).toMatch(message);
});
