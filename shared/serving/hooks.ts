import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { bearerCheck } from './bearer-token.ts';
import { unsupportedType } from './body-parsing.ts';
import type { BodiesInFlight } from './intake/bodies-in-flight.ts';
import type { RequestIntake } from './intake/request-intake.ts';
import { leaveBody } from './intake/unread-body.ts';
import type { EventLog } from './monitoring/event-log.ts';
import type { ServerMetrics } from './monitoring/server-metrics.ts';
import type { ServerOptions } from './options.ts';
import { plainError } from './protocols/plain.ts';
import { RequestError } from './request-error.ts';
import type { RouteIndex } from './route-index.ts';

export interface HookParts {
  readonly options: ServerOptions;
  readonly intake: RequestIntake;
  readonly metrics: ServerMetrics;
  readonly events: EventLog;
  readonly routes: RouteIndex;
  readonly ready: () => boolean;
}

/** What a request's hook knows of its route beforehand: asking for it at every request would cost. */
export interface HookedRoute {
  /** As metrics name it. */
  readonly label: string;
  /** Answered without the token. */
  readonly open: boolean;
}

/**
 * What happens to every request: counting, token; and the answer to those that meet no route.
 *
 * @returns makes the hook of a route.
 */
export function addHooks(
  app: FastifyInstance,
  parts: HookParts,
): (route: HookedRoute) => onRequestHookHandler {
  const { options, intake, metrics, events, routes, ready } = parts;
  const { answers, connections } = intake;
  const check = options.token === undefined ? undefined : bearerCheck(options.token);

  /** Counts a request at its end, which is also when the client goes away: onResponse is not called for that. */
  function atEnd(request: FastifyRequest, reply: FastifyReply, label: string): void {
    const started = performance.now();
    const { socket } = request.raw;
    reply.raw.once('close', () => {
      connections.idle(socket);
      // 499: the client closed the connection before it had its answer.
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 499;
      const ms = performance.now() - started;
      const method = label === unmatched ? 'any' : request.method;
      metrics.request(label, method, status, ms / 1000);
      if (!options.logRequests) return;
      const { id } = request;
      events.info('request', {
        request: id,
        method: request.method,
        route: label,
        status,
        ms: Math.round(ms * 1000) / 1000,
      });
    });
  }

  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (!request.is404) {
      done();
      return;
    }
    // Before any body is read.
    atEnd(request, reply, unmatched);
    done(check?.(request.headers.authorization) ?? routes.missed(request.method, request.url));
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    // Clients go elsewhere with their next request, instead of losing it when the connections are closed.
    if (!ready()) reply.header('connection', 'close');
    if (typeof payload === 'string' && payload.length >= longAnswer) {
      boundSending(reply, payload.length, { answers, timeout: options.timeout });
    }
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    refuse(toRequestError(error, request, events), plainError, { request, reply });
  });

  return ({ label, open }) =>
    (request, reply, done) => {
      const post = request.method === 'POST';
      atEnd(request, reply, label);
      const refusal = open ? undefined : check?.(request.headers.authorization);
      if (!post) connections.busy(request.raw.socket);
      done(refusal ?? (post ? bodyRefusal(request) : undefined));
    };
}

/** Characters of an answer that a client may leave unread while the server holds them. */
const longAnswer = 16 * 1024;

/** An answer that its client does not read in time, or for which there is no room, ends with its connection. */
function boundSending(
  { raw }: FastifyReply,
  length: number,
  { answers, timeout }: { readonly answers: BodiesInFlight; readonly timeout: number },
): void {
  const cut = (): void => {
    raw.destroy();
  };
  const claim = answers.begin();
  const late = setTimeout(cut, timeout);
  late.unref();
  raw.once('close', () => {
    clearTimeout(late);
    answers.end(claim);
  });
  // However long it is, others make room for it first.
  answers.grow(claim, length);
  claim.drop = cut;
}

/** Answers a refused request, as a protocol words it; of a body that is still arriving no more is read. */
export function refuse(
  refusal: RequestError,
  errorBody: (error: RequestError) => object,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  leaveBody(request, reply);
  void reply.code(refusal.statusCode).headers(refusal.details.headers ?? {});
  void reply.send(errorBody(refusal));
}

const unmatched = 'unmatched';

/** Why a request's body is not read; takes one of no declared type for JSON, as Triton's client sends it. */
function bodyRefusal({ raw: { headers } }: FastifyRequest): RequestError | undefined {
  headers['content-type'] ??= 'application/json';
  const encoding = headers['content-encoding'];
  return encoding === undefined || encoding === 'identity' ? undefined : packed(encoding);
}

function packed(encoding: string): RequestError {
  return new RequestError(415, `bodies packed as ${encoding.slice(0, 50)} are not read: send it unpacked`);
}

/**
 * What a client learns of anything that was thrown. What is not a refusal is a bug: the log gets its stack, the client
 * the request's number.
 */
export function toRequestError(error: unknown, request: FastifyRequest, events: EventLog): RequestError {
  if (error instanceof RequestError) return error;
  const { code, statusCode, message, stack } = error as Error & { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return unsupportedType(request.headers['content-type'] ?? '', request.server);
  if (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500) {
    return new RequestError(statusCode, message);
  }
  events.error('a request failed: this is a bug', { request: request.id, stack: stack ?? String(error) });
  return new RequestError(500, `the server failed; its log says why, at request ${request.id}`);
}
