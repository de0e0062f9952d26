import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { housesConfig } from '../../actions/testing/houses.ts';
import { filesOf, leaksIn } from '../../actions/testing/leaks.ts';
import { pipelineFolder } from '../../actions/testing/pipeline-folder.ts';
import { postgresHouses } from '../../actions/testing/postgres-houses.ts';
import { havePostgres, type PostgresServer } from '../../shared/source/testing/postgres-server.ts';
import { runInMemory } from '../testing/test-io.ts';

describe.skipIf(!havePostgres())('a password of PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresHouses();
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const config = () =>
    housesConfig({
      data: { source: { type: 'postgres', query: 'SELECT * FROM houses ORDER BY id' }, key: 'id' },
    });

  /** What a person sees, what a machine reads, and what is left on the disk. */
  async function shown(url: string, folder: string, flags: readonly string[]) {
    const environment = { CICLO_POSTGRES_URL: url };
    const ran = await runInMemory(['prepare', ...flags], { cwd: folder, environment });
    return { ...ran, files: await filesOf(folder) };
  }

  test.each([[[]], [['--json']], [['--verbose']]])(
    'is shown nowhere, right or wrong: prepare %j',
    async (flags) => {
      await using folder = await pipelineFolder(config());
      const wrong = await shown(server.url.replace('word', 'sword-fish'), folder.path, flags);
      expect(wrong.code).toBe(2);
      expect(wrong.stdout + wrong.stderr).toContain('it does not accept user and password');
      const right = await shown(server.url, folder.path, flags);
      expect(right.code).toBe(0);
      expect([...right.files.keys()]).toContain('.ciclo/dataset/quality.json');
      for (const { stdout, stderr, files } of [wrong, right]) {
        const shown = new Map<string, string | Uint8Array>([
          ['stdout', stdout],
          ['stderr', stderr],
          ...files,
        ]);
        expect(leaksIn(shown, ['p&ss word', 'p&ss', 'sword-fish', 'ss word', 'ss%20word'])).toEqual([]);
      }
    },
  );
});
