import { execFileSync } from 'node:child_process';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A server behind a certificate that nobody vouches for; stopped after `await using`. */
export interface TlsServer extends AsyncDisposable {
  readonly port: number;
  /** How many connections there were. */
  connections(): number;
}

/** A key, and a certificate of its own for localhost. PEM. */
function selfSigned(): { readonly key: string; readonly cert: string } {
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout - -days 2 -subj /CN=localhost';
  const pem = execFileSync('openssl', words.split(' '), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const start = pem.indexOf('-----BEGIN CERTIFICATE-----');
  return { key: pem.slice(0, start), cert: pem.slice(start) };
}

/** Speaks HTTPS. */
export function httpsServer(): Promise<TlsServer> {
  return listening(createSecureServer(selfSigned(), (_request, response) => void response.end('[]')));
}

/** Speaks as PostgreSQL does until TLS begins: <https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-SSL>. */
export function postgresTlsServer(): Promise<TlsServer> {
  const keys = selfSigned();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('S');
      new TLSSocket(socket, { isServer: true, ...keys }).on('error', () => undefined);
    });
  });
  return listening(server);
}

async function listening(server: Server): Promise<TlsServer> {
  let connections = 0;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
