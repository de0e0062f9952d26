import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer to a statement, as Trino 435 gives it. */
export interface ProtocolAnswer {
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: {
    readonly message: string;
    readonly errorName: string;
    readonly errorType: string;
    readonly errorLocation?: { readonly lineNumber: number; readonly columnNumber: number };
  };
  /** Instead of the first times that it is asked for: a status, a connection that breaks, or nothing at all. */
  readonly before?: readonly (number | 'broken' | 'silent')[];
}

/** What was asked. */
export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on the loopback that speaks Trino's client protocol; stopped after `await using`. */
export interface ProtocolServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly AskedRequest[];
  /** Statements in their order, and of those that were cancelled the numbers. */
  readonly statements: readonly string[];
  readonly cancelled: readonly number[];
}

/**
 * @param answersTo a statement: one after the other, after one that says no more than that it waits in a queue, as Trino's first
 *   one does.
 * @param named what the server calls itself in the addresses of further answers. Default: its own address.
 */
export async function protocolServer(
  answersTo: (statement: string, before: number) => readonly ProtocolAnswer[],
  named?: string,
): Promise<ProtocolServer> {
  const requests: AskedRequest[] = [];
  const statements: string[] = [];
  const cancelled: number[] = [];
  const answers: (readonly ProtocolAnswer[])[] = [];
  const failures = new Map<string, number>();
  const page = (statement: number, i: number, base: string): object => {
    const id = `20261129_144456_${String(statement).padStart(5, '0')}_3byzx`;
    const { before: _, ...answer } = i === 0 ? ({} as ProtocolAnswer) : answers[statement]![i - 1]!;
    const more = i < answers[statement]!.length && answer.error === undefined;
    const next = more ? { nextUri: `${base}/v1/statement/executing/${id}/y${statement}/${i + 1}` } : {};
    const stats = { state: more ? 'RUNNING' : answer.error ? 'FAILED' : 'FINISHED', queued: i === 0 };
    return { id, infoUri: `${base}/ui/query.html?${id}`, ...next, ...answer, stats, warnings: [] };
  };
  const answer = (request: AskedRequest, response: ServerResponse, base: string): void => {
    if (request.method === 'POST') {
      statements.push(request.body);
      answers.push(answersTo(request.body, statements.length - 1));
      send(response, page(statements.length - 1, 0, base));
      return;
    }
    const [, statement, i] = /\/y(\d+)\/(\d+)$/.exec(request.path)!.map(Number);
    if (request.method === 'DELETE') {
      cancelled.push(statement!);
      response.writeHead(204).end();
      return;
    }
    const tried = failures.get(request.path) ?? 0;
    failures.set(request.path, tried + 1);
    const failure = answers[statement!]![i! - 1]!.before?.[tried];
    if (failure === 'broken') response.socket?.destroy();
    else if (failure === undefined) send(response, page(statement!, i!, base));
    else if (failure !== 'silent') {
      response
        .writeHead(failure, { 'content-type': 'text/plain' })
        .end(failure === 404 ? 'Query not found' : '');
    }
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      answer(request, response, named ?? `http://${headers.host}`);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ requests, statements, cancelled },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function send(response: ServerResponse, answer: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
