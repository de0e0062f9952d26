import { type PostgresServer, postgresServer } from '../../shared/source/testing/postgres-server.ts';
import { housesCsv } from './houses.ts';

/** A server whose table `houses` has the rows of {@link housesCsv}, as texts; its user may read them. Disposed by who asked for it. */
export async function postgresHouses(): Promise<PostgresServer> {
  const server = await postgresServer();
  const [head, ...rows] = housesCsv().trimEnd().split('\n');
  const columns = head!.split(',').map((name) => `${name} text`);
  const values = rows.map((row) => `('${row.replaceAll(',', "', '")}')`);
  await server.asOwner(
    `CREATE TABLE houses (${columns.join(', ')}); GRANT SELECT ON houses TO ciclo; INSERT INTO houses VALUES ${values.join(', ')}`,
  );
  return server;
}
