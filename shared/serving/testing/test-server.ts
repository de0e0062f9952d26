import type { AddressInfo } from 'node:net';
import { fixedClock } from '../../platform/clock.ts';
import type { EventFields, EventLog } from '../monitoring/event-log.ts';
import type { ServerOptions } from '../options.ts';
import type { ServedModel } from '../served-model.ts';
import { createServer, type PredictionServer, type ServerPorts } from '../server.ts';
import { carsModel } from './models.ts';

export const serverOptions: ServerOptions = {
  maxBody: 2 ** 20,
  maxBodies: 8 * 2 ** 20,
  maxRows: 10_000,
  maxConnections: 1024,
  maxInFlight: 64,
  maxLag: 60_000,
  timeout: 30_000,
  logRequests: false,
};

export interface LoggedEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: EventFields;
}

/** Keeps what the server says. */
export function recordingEvents(entries: LoggedEvent[] = []): EventLog & { readonly entries: LoggedEvent[] } {
  const at =
    (level: LoggedEvent['level']) =>
    (message: string, fields: EventFields = {}): void =>
      void entries.push({ level, message, fields });
  return { entries, info: at('info'), warn: at('warn'), error: at('error') };
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects of a body.
  readonly json: any;
}

/** A server on a free port of this machine, closed after `await using`. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly server: PredictionServer;
  readonly events: LoggedEvent[];
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  /** Sends JSON; a text as it is. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  send(path: string, init: RequestInit): Promise<Answered>;
}

export async function testServer(
  model: ServedModel = carsModel(),
  options: Partial<ServerOptions> = {},
  ports: Partial<ServerPorts> = {},
): Promise<TestServer> {
  const events = recordingEvents();
  const server = createServer(
    model,
    { ...serverOptions, ...options },
    { clock: fixedClock(Date.UTC(2026, 10, 25)), events, ...ports },
  );
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  server.setReady(true);
  const { port } = server.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const send = async (path: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  };
  return {
    url,
    port,
    server,
    events: events.entries,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => server.app.close(),
  };
}
