// The HTTP server below the protocols: how long a connection may take, what a request is called, how the server ends.
import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { answerClientErrors } from './body-parsing.ts';
import { leaveBody } from './intake/unread-body.ts';
import type { ServerOptions } from './options.ts';

/** Milliseconds between looks for requests that take too long to arrive; Node's own are half a minute apart. */
const longestCheck = 1000;

/** Milliseconds for a request's headers to arrive, of the time that the whole request has. */
const longestHead = 10_000;

/** Milliseconds that an idle connection stays open: longer than the minute after which load balancers close theirs. */
const keepAlive = 72_000;

/**
 * A server without routes: its limits of time and size, the ids of requests, and answers to what is no HTTP.
 *
 * @param ready whether connections stay open after an error of the address.
 */
export function createApp({ maxBody, timeout }: ServerOptions, ready: () => boolean): FastifyInstance {
  const boot = randomBytes(4).toString('hex');
  let count = 0;
  const whole = Math.ceil(timeout);
  return fastify({
    bodyLimit: maxBody,
    requestTimeout: whole,
    // Without a byte in either direction; a long batch may take as long as it took to arrive.
    connectionTimeout: 2 * whole + longestCheck,
    http: {
      connectionsCheckingInterval: Math.min(longestCheck, whole),
      headersTimeout: Math.min(longestHead, whole),
      requestTimeout: whole,
    },
    keepAliveTimeout: keepAlive,
    // Requests on open connections are answered until the end, and asked to close theirs.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : `${boot}-${++count}`;
    },
    clientErrorHandler: answerClientErrors,
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      leaveBody(request, reply);
      if (!ready()) void reply.header('connection', 'close');
      void reply.code(400).send({ error: 'the address cannot be read: it holds a wrong % sequence' });
    },
  });
}

/** Milliseconds between looks for connections whose last request was answered. */
const idleCheck = 20;

/** Milliseconds for the requests in flight to end; then connections are cut. */
const longestEnd = 30_000;

/**
 * Ends the server when every request has its answer, or after half a minute.
 *
 * Node closes the connections that are idle when it stops listening, and not those that become idle after.
 */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), idleCheck);
  const late = setTimeout(() => app.server.closeAllConnections(), longestEnd);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
