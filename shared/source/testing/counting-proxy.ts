import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** What lies between a client and a server, and counts the bytes that the server sends. */
export interface CountingProxy extends AsyncDisposable {
  readonly port: number;
  received(): number;
  /** From here on nothing comes through, and nobody is told. */
  silence(): void;
}

/** Starts a proxy to a port of this machine. */
export async function countingProxy(target: number): Promise<CountingProxy> {
  let received = 0;
  let silent = false;
  const sockets = new Set<Socket>();
  const pairs: [Socket, Socket][] = [];
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    upstream.on('data', (bytes) => {
      received += bytes.length;
    });
    if (!silent) client.pipe(upstream).pipe(client);
    pairs.push([client, upstream]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received: () => received,
    silence() {
      silent = true;
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream);
        upstream.unpipe(client);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
