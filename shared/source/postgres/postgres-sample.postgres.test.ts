import { afterAll, beforeAll, describe } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { havePostgres, type PostgresServer, postgresServer } from '../testing/postgres-server.ts';
import { labelSql, samplesAsTold } from '../testing/sample-contract.ts';
import { openPostgres } from './postgres-engine.ts';

describe.skipIf(!havePostgres())('a sample that PostgreSQL draws', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  samplesAsTold(() => ({
    open(query) {
      const source = sourceSchema.parse({ type: 'postgres', query });
      if (source.type !== 'postgres') throw new TypeError('not a source of PostgreSQL');
      return openPostgres(source, {
        ...{ logger: silentLogger, clock: fixedClock(0), directory: '.' },
        environment: { CICLO_POSTGRES_URL: server.url },
      });
    },
    rows: (count) => `SELECT i AS id, ${labelSql('i')} AS label FROM generate_series(0, ${count - 1}) AS i`,
  }));
});
