import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePostgres, type PostgresServer } from '../../shared/source/testing/postgres-server.ts';
import { leaksIn } from '../testing/leaks.ts';
import { postgresHouses } from '../testing/postgres-houses.ts';
import { showEverything } from './testing/secret-scene.ts';

describe.skipIf(!havePostgres())('a password of PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresHouses();
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('is shown nowhere, right or wrong', async () => {
    const { shown, refusals, comment } = await showEverything({
      source: { type: 'postgres', query: 'SELECT * FROM houses ORDER BY id' },
      right: { CICLO_POSTGRES_URL: server.url },
      wrong: { CICLO_POSTGRES_URL: server.url.replace('word', 'sword-fish') },
    });
    expect(comment).toContain('rmse');
    expect([...shown.keys()]).toContain('file: .ciclo/evaluation/report.html');
    for (const refusal of refusals) {
      expect(refusal).toContain(
        'it does not accept user and password; check the value of CICLO_POSTGRES_URL',
      );
    }
    expect(leaksIn(shown, ['p&ss word', 'p&ss sword-fish', 'sword-fish', 'p%26ss%20word'])).toEqual([]);
  });
});
