import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { havePostgres, postgresServer } from '../../shared/source/testing/postgres-server.ts';
import { initJsonSchema } from '../json/json-init.ts';
import { runInMemory } from '../testing/test-io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo init '));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const read = (file: string) => readFile(path.join(cwd, file), 'utf8');

test('a table at an address is read there, and kept as a snapshot that git ignores', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i * 31) % 19}`);
  const server = createServer((_, answer) => answer.end(`size,price\n${rows.join('\n')}\n`)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prices.csv`;
  try {
    const { code, stdout } = await runInMemory(['init', url, '--json', '--no-run'], { cwd });
    expect(code).toBe(0);
    expect(await read('ciclo.yml')).toContain(
      `source: { type: http, url: ${JSON.stringify(url)}, format: csv }`,
    );
    expect(JSON.parse(await read('ciclo.lock')).data.snapshot).toMatch(/^sha256:/);
    expect(await read('.ciclo/.gitignore')).toBe('*\n');
    // What lies elsewhere is not committed.
    const { next } = initJsonSchema.parse(JSON.parse(stdout));
    expect(next.commands[0]).toMatch(/git add \.gitignore && /);
    expect(next.commands[1]).toMatch(/git add ciclo\.yml ciclo\.lock \.github && /);
  } finally {
    server.close();
  }
});

describe.skipIf(!havePostgres())('a database', () => {
  test('is asked by its query; its address is a secret that the workflows pass on', async () => {
    await using server = await postgresServer();
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query('CREATE TABLE orders (order_id int PRIMARY KEY, size int, price float8)');
    await client.query(
      'INSERT INTO orders SELECT 7 * i, i % 7, (i * 31) % 19 FROM generate_series(1, 60) AS i',
    );
    await client.end();
    const query = 'SELECT * FROM orders ORDER BY order_id';
    const { code, stdout, stderr } = await runInMemory(
      ['init', server.url, '--query', query, '--yes', '--no-run'],
      { cwd },
    );
    expect({ code, stderr: stderr.includes('error') }).toEqual({ code: 0, stderr: false });
    const config = await read('ciclo.yml');
    expect(config).toContain(`source: { type: postgres, query: ${JSON.stringify(query)} }`);
    expect(config).toMatch(/^ {2}key: order_id #/m);
    const workflow = await read('.github/workflows/model.yml');
    expect(workflow).toContain('CICLO_POSTGRES_URL: ${{ secrets.CICLO_POSTGRES_URL }}');
    expect(stdout).toContain('add the secrets CICLO_POSTGRES_URL');
    for (const text of [config, workflow, stdout, stderr, await read('ciclo.lock')]) {
      expect(text).not.toContain(server.url);
    }
  }, 60_000);
});
