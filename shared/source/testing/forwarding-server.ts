import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request on its way. */
export interface OnTheWay {
  /** The connection breaks after so many bytes of the answer. */
  readonly cutAfter?: number;
  /** Nothing is answered. */
  readonly silent?: boolean;
  /** It does not go on: this is answered. */
  readonly answer?: { readonly status: number; readonly body: string };
}

/** A server before another one, which can fail where a network does; stopped after `await using`. */
export interface ForwardingServer extends AsyncDisposable {
  readonly url: string;
  /** Paths with queries, and ranges, as they were asked. */
  readonly asked: { readonly path: string; readonly range: string | undefined }[];
}

/** @param meet is called for each request before it goes on. */
export async function forwardingServer(
  target: string,
  meet: (incoming: IncomingMessage, before: number) => Promise<OnTheWay | undefined> | OnTheWay | undefined,
): Promise<ForwardingServer> {
  const asked: ForwardingServer['asked'] = [];
  const forward = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push({ path: incoming.url!, range: incoming.headers.range });
    const { cutAfter, silent, answer: own } = (await meet(incoming, asked.length - 1)) ?? {};
    if (silent) return;
    if (own) {
      response.writeHead(own.status).end(own.body);
      return;
    }
    const sent = request(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        let left = cutAfter ?? Number.POSITIVE_INFINITY;
        answer.on('data', (chunk: Buffer) => {
          response.write(chunk.subarray(0, left));
          left -= chunk.length;
          if (left <= 0) response.socket?.destroy();
        });
        answer.on('end', () => response.end());
      },
    );
    incoming.pipe(sent);
  };
  const server = createServer((incoming, response) => void forward(incoming, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
