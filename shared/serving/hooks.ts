import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Admission, overloaded } from './admission.ts';
import { bearerCheck } from './bearer-token.ts';
import { unsupportedType } from './body-parsing.ts';
import type { EventLog } from './monitoring/event-log.ts';
import type { ServerMetrics } from './monitoring/server-metrics.ts';
import type { ServerOptions } from './options.ts';
import { plainError } from './protocols/plain.ts';
import { RequestError } from './request-error.ts';
import { type RouteIndex, shownPath } from './route-index.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without the token. */
    open?: boolean;
  }
}

export interface HookParts {
  readonly options: ServerOptions;
  readonly admission: Admission;
  readonly metrics: ServerMetrics;
  readonly events: EventLog;
  readonly routes: RouteIndex;
}

/** What happens to every request: token, admission, counting; and what those that meet no route are told. */
export function addHooks(app: FastifyInstance, parts: HookParts): void {
  const { options, admission, metrics, events, routes } = parts;
  const check = options.token === undefined ? undefined : bearerCheck(options.token);
  const shown = new Map<string, string>();

  app.addHook('onRequest', (request, reply, done) => {
    const started = performance.now();
    const { url, config } = request.routeOptions;
    const post = request.method === 'POST';
    const rejected = post ? admission.enter() : undefined;
    reply.header('x-request-id', request.id);
    // The response closes also when the client went away, which onResponse does not tell.
    reply.raw.once('close', () => {
      if (post && rejected === undefined) admission.leave();
      ended(request, reply, url, performance.now() - started);
    });
    if (rejected !== undefined) {
      metrics.rejected(rejected);
      done(overloaded(rejected));
      return;
    }
    const refusal = config.open ? undefined : check?.(request.headers.authorization);
    if (refusal) {
      done(refusal);
      return;
    }
    if (request.is404) {
      // Before any body is read.
      done(routes.missed(request.method, request.url));
      return;
    }
    // Triton's client says nothing of its JSON.
    if (post) request.raw.headers['content-type'] ??= 'application/json';
    const encoding = post ? request.headers['content-encoding'] : undefined;
    done(encoding === undefined || encoding === 'identity' ? undefined : packed(encoding));
  });

  function ended(request: FastifyRequest, reply: FastifyReply, url: string | undefined, ms: number): void {
    const whole = reply.raw.writableFinished;
    // 499: the client closed the connection before it had its answer.
    const status = whole ? reply.raw.statusCode : 499;
    const route = url === undefined ? 'unmatched' : labelOf(url);
    metrics.request(route, url === undefined ? 'any' : request.method, status, ms / 1000);
    if (options.logRequests) {
      const { id, method } = request;
      events.info('request', { request: id, method, route, status, ms: Math.round(ms * 1000) / 1000 });
    }
  }

  function labelOf(url: string): string {
    const label = shown.get(url) ?? shownPath(url);
    shown.set(url, label);
    return label;
  }

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRequestError(error, request, events);
    void reply.code(refusal.statusCode).headers(refusal.details.headers ?? {});
    void reply.send(plainError(refusal));
  });
}

function packed(encoding: string): RequestError {
  return new RequestError(415, `bodies packed as ${encoding.slice(0, 50)} are not read: send it unpacked`);
}

/**
 * What a client is told of anything that was thrown. What is no refusal is a bug: the log gets its stack, the client
 * the request's number.
 */
export function toRequestError(error: unknown, request: FastifyRequest, events: EventLog): RequestError {
  if (error instanceof RequestError) return error;
  const { code, statusCode, message, stack } = error as Error & { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return unsupportedType(request.headers['content-type'] ?? '');
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
