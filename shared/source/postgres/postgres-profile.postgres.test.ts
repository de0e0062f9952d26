import { afterAll, beforeAll, describe } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { postgresDialect } from '../../sql/postgres-dialect.ts';
import { openEngine } from '../open-engine.ts';
import { readSource } from '../read-source.ts';
import { testCountedAsRead } from '../testing/counted-as-read.ts';
import { havePostgres, type PostgresServer, postgresServer } from '../testing/postgres-server.ts';

describe.skipIf(!havePostgres())('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const sourceOf = (query: string) => sourceSchema.parse({ type: 'postgres', query });
  const ports = () => ({
    ...{ logger: silentLogger, clock: fixedClock(0), directory: '.' },
    environment: { CICLO_POSTGRES_URL: server.url },
  });
  testCountedAsRead(() => ({
    dialect: postgresDialect,
    open: async (query) => (await openEngine(sourceOf(query), ports(), 'data.source'))!,
    read: (query, options) => readSource(sourceOf(query), options, ports(), 'monitor.source'),
  }));
});
