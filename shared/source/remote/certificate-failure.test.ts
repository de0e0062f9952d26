import { expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { roleOf } from '../objects/web-identity.ts';
import { messageFrom, readConfigured } from '../testing/read-helpers.ts';
import { httpsServer, postgresTlsServer, type TlsServer } from '../testing/tls-server.ts';

const environment = {
  CICLO_S3_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  ...{ CICLO_S3_SECRET_ACCESS_KEY: 'hush-hush', CICLO_PASSWORD: 'hunter2' },
};
const read = (source: object) => readConfigured({ ...source }, { environment });

/** What messages say after the name of the server. */
const words =
  ': TLS fails (DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate); is it the port of TLS, and the name that the certificate has? A certificate of your own authority is known by NODE_EXTRA_CA_CERTS=<file>';

test.each([
  ['an API', 'cannot ask https://localhost:PORT/x', (url: string) => read({ type: 'http', url: `${url}/x` })],
  [
    'object storage',
    'cannot ask s3://sales/a.csv (localhost:PORT)',
    (url: string) => read({ type: 'file', path: 's3://sales/a.csv', storage: { endpoint: url } }),
  ],
  [
    'Trino',
    'cannot ask Trino at localhost:PORT',
    (url: string) => read({ type: 'trino', url, query: 'SELECT 1 AS x' }),
  ],
  [
    'the service of a role',
    'cannot ask localhost:PORT',
    (endpoint: string) =>
      roleOf(
        {
          ...{ role: 'arn:aws:iam::1:role/ciclo', session: 'ciclo', endpoint },
          ...{ token: () => Promise.resolve('t'), hide: () => undefined },
        },
        { clock: fixedClock(0), logger: silentLogger },
      )('us-east-1'),
  ],
])('%s with a certificate that nobody vouches for is asked once, and told so', async (_, place, ask) => {
  await using server = await httpsServer();
  expect(await messageFrom(ask(`https://localhost:${server.port}`))).toBe(
    `${place.replace('PORT', String(server.port))}${words}`,
  );
  expect(server.connections()).toBe(1);
});

test('PostgreSQL with a certificate that nobody vouches for gets no password, and is told so', async () => {
  await using server: TlsServer = await postgresTlsServer();
  const url = `postgres://ciclo:\${{ env.CICLO_PASSWORD }}@localhost:${server.port}/ciclo?sslmode=verify-full`;
  expect(await messageFrom(read({ type: 'postgres', url, query: 'SELECT 1' }))).toBe(
    `cannot connect to PostgreSQL at localhost:${server.port}/ciclo${words}, or by sslrootcert=<file> in the address`,
  );
});
