import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { type Admission, overloaded } from './admission.ts';
import { bearerCheck } from './bearer-token.ts';
import { unsupportedType } from './body-parsing.ts';
import type { EventLog } from './monitoring/event-log.ts';
import type { ServerMetrics } from './monitoring/server-metrics.ts';
import type { ServerOptions } from './options.ts';
import { plainError } from './protocols/plain.ts';
import { RequestError } from './request-error.ts';
import type { RouteIndex } from './route-index.ts';

export interface HookParts {
  readonly options: ServerOptions;
  readonly admission: Admission;
  readonly metrics: ServerMetrics;
  readonly events: EventLog;
  readonly routes: RouteIndex;
}

/** What a request's hook knows of its route beforehand: asking for it at every request would cost. */
export interface HookedRoute {
  /** As metrics name it. */
  readonly label: string;
  /** Answered without the token. */
  readonly open: boolean;
}

/**
 * What happens to every request: counting, admission, token; and the answer to those that meet no route.
 *
 * @returns makes the hook of a route.
 */
export function addHooks(
  app: FastifyInstance,
  parts: HookParts,
): (route: HookedRoute) => onRequestHookHandler {
  const { options, admission, metrics, events, routes } = parts;
  const check = options.token === undefined ? undefined : bearerCheck(options.token);

  /** Counts a request at its end, which is also when the client goes away: onResponse is not called for that. */
  function atEnd(request: FastifyRequest, reply: FastifyReply, label: string, leave: boolean): void {
    const started = performance.now();
    reply.raw.once('close', () => {
      if (leave) admission.leave();
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
    atEnd(request, reply, unmatched, false);
    done(check?.(request.headers.authorization) ?? routes.missed(request.method, request.url));
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = toRequestError(error, request, events);
    void reply.code(refusal.statusCode).headers(refusal.details.headers ?? {});
    void reply.send(plainError(refusal));
  });

  return ({ label, open }) =>
    (request, reply, done) => {
      const post = request.method === 'POST';
      const rejected = post ? admission.enter() : undefined;
      atEnd(request, reply, label, post && rejected === undefined);
      if (rejected !== undefined) {
        metrics.rejected(rejected);
        done(overloaded(rejected));
        return;
      }
      const refusal = open ? undefined : check?.(request.headers.authorization);
      done(refusal ?? (post ? bodyRefusal(request) : undefined));
    };
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
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit;
    return new RequestError(413, `the body is larger than ${limit} bytes: send fewer records at a time`);
  }
  if (code?.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500) {
    return new RequestError(statusCode, message);
  }
  events.error('a request failed: this is a bug', { request: request.id, stack: stack ?? String(error) });
  return new RequestError(500, `the server failed; its log says why, at request ${request.id}`);
}
