// Metrics and probes on a port of their own: what scrapes and probes needs no token there, and clients cannot reach it.
import { createServer, type RequestListener, type Server } from 'node:http';
import { expositionType } from './exposition.ts';

export interface OperationsState {
  ready(): boolean;
  /** Prometheus' text. */
  exposition(): string;
}

/** Milliseconds for a request to arrive. */
const patience = 5000;
/** Connections at most: a few scrapers and the probes of one machine. */
const mostConnections = 128;

/** A server of `/metrics` and of the probes that the main port answers, too; it listens to nobody yet. */
export function operationsServer(state: OperationsState): Server {
  const server = createServer(
    { headersTimeout: patience, requestTimeout: patience, connectionsCheckingInterval: 1000 },
    answer(state),
  );
  server.maxConnections = mostConnections;
  return server;
}

function answer({ ready, exposition }: OperationsState): RequestListener {
  const probe = (): [number, string, string] => {
    const is = ready();
    return [is ? 200 : 503, json, JSON.stringify({ ready: is })];
  };
  const routes: Readonly<Record<string, () => [status: number, type: string, body: string]>> = {
    '/metrics': () => [200, expositionType, exposition()],
    '/v2/health/live': () => [200, json, '{"live":true}'],
    '/v2/health/ready': probe,
    '/ping': probe,
    '/health': probe,
  };
  const known = Object.keys(routes);
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]!;
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    const get = request.method === 'GET' || request.method === 'HEAD';
    const [status, type, body] = !route
      ? [
          404,
          json,
          JSON.stringify({ error: 'there is nothing here', routes: known.map((one) => `GET ${one}`) }),
        ]
      : get
        ? route()
        : [405, json, '{"error":"use GET"}'];
    if (!get || !ready()) response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

const json = 'application/json; charset=utf-8';
