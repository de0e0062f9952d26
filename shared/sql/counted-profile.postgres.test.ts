import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { havePostgres, type PostgresServer, postgresServer } from '../source/testing/postgres-server.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { testCounting } from './testing/counting-engine.ts';

describe.skipIf(!havePostgres())('PostgreSQL', () => {
  let server: PostgresServer;
  let client: pg.Client;

  beforeAll(async () => {
    server = await postgresServer();
    client = new pg.Client(server.url);
    await client.connect();
  }, 60_000);

  afterAll(async () => {
    await client?.end();
    await server?.[Symbol.asyncDispose]();
  });

  testCounting(() => ({
    dialect: postgresDialect,
    ask: async (text) => (await client.query({ text, rowMode: 'array' })).rows,
  }));
});
