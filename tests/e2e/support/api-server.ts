import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API on this machine, for as long as a test needs it. */
export interface ApiServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server that answers every request in this way. */
export async function apiServer(answer: RequestListener): Promise<ApiServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/rows`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
