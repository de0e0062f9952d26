import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Crashes } from './crash.ts';
import { type Faults, faultAnswer } from './fault.ts';
import type { Contract } from './openapi-contract.ts';
import { Refusal } from './refusal.ts';
import type { Answer, Exchange, Route } from './route.ts';
import type { Router } from './router.ts';

export interface LoggedRequest {
  readonly method: string;
  /** Without the query and without the base path. */
  readonly path: string;
  readonly query: string;
  readonly headers: Exchange['headers'];
  /** JSON parsed; anything else as bytes; undefined when there was none. */
  readonly body: unknown;
  /** Undefined when the connection was cut before an answer. */
  status: number | undefined;
}

/** A request or an answer that GitHub's description does not allow. */
export interface Violation {
  /** `POST /repos/ciclo-ml/fuel/check-runs` */
  readonly request: string;
  readonly message: string;
}

/** Called with each request before it is answered; the answer waits for it. */
export type RequestHook = (request: LoggedRequest) => void | Promise<void>;

/** One request, and all that takes part in answering it. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly basePath: string;
  readonly router: Router;
  readonly contract: Contract;
  readonly faults: Faults;
  readonly crashes: Crashes;
  readonly hooks: ReadonlySet<RequestHook>;
  readonly requests: LoggedRequest[];
  readonly violations: Violation[];
}

/** Receives, validates, lets the faults act, answers. */
export async function respond(visit: Visit): Promise<void> {
  const { router, response, requests, faults } = visit;
  const { exchange, route } = router.resolve(await receive(visit));
  const log: LoggedRequest = { ...loggable(exchange), status: undefined };
  requests.push(log);
  const onContract = route?.contract !== 'own';
  if (onContract) record(visit, exchange, visit.contract.request(exchange));
  for (const hook of visit.hooks) await hook(log);
  const cut = visit.crashes.take(log);
  if (cut === 'before') return void response.destroy();
  const fault = faults.take(exchange.method, exchange.path);
  if (fault && 'delay' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault && 'drop' in fault && fault.drop === 'before') return void response.destroy();
  const injected = fault && faultAnswer(fault);
  const answer = injected ?? (await answerOf(visit, exchange, route));
  if (onContract && !injected) record(visit, exchange, visit.contract.response(exchange, answer));
  if (cut === 'after' || (fault && 'drop' in fault && fault.drop === 'after')) return void response.destroy();
  log.status = answer.status;
  send(response, answer, fault && 'drop' in fault ? 'half' : 'whole');
}

function record({ violations }: Visit, { method, path }: Exchange, messages: readonly string[]): void {
  for (const message of messages) violations.push({ request: `${method} ${path}`, message });
}

async function receive({ request, basePath }: Visit): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const origin = `http://${request.headers.host}`;
  const { pathname, searchParams } = new URL(request.url ?? '/', origin);
  const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
  return {
    method: request.method ?? 'GET',
    path,
    query: searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
    params: {},
    origin,
  };
}

function loggable({ method, path, query, headers, body }: Exchange): Omit<LoggedRequest, 'status'> {
  return { method, path, query: query.toString(), headers, body: loggedBody(headers, body) };
}

function loggedBody(headers: Exchange['headers'], body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!headers['content-type']?.startsWith('application/json')) return body;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return body;
  }
}

async function answerOf(visit: Visit, exchange: Exchange, route: Route | undefined): Promise<Answer> {
  if (!route) {
    record(visit, exchange, ['the emulator has no such operation']);
    return { status: 404, body: { message: 'Not Found', status: '404' } };
  }
  try {
    return await route.answer(exchange);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer, part: 'whole' | 'half'): void {
  const json = body !== undefined && !Buffer.isBuffer(body);
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, {
    ...(json ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    'content-length': bytes.length,
    'x-github-request-id': 'C1C0:0001',
    ...headers,
  });
  if (part === 'whole') return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}
