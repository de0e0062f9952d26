// A model behind HTTP: requests in several protocols, validated answers, health, metrics and a log of predictions.
import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import { Admission } from './admission.ts';
import { answerRecords, type RecordObserver, type RequestAnswer } from './answers.ts';
import { acceptCsv, acceptJson, answerClientErrors } from './body-parsing.ts';
import { addHooks, toRequestError } from './hooks.ts';
import type { EventLog } from './monitoring/event-log.ts';
import { LiveProfile } from './monitoring/live-profile.ts';
import { operationsProtocol } from './monitoring/operations.ts';
import type { PredictionLog } from './monitoring/prediction-log.ts';
import { ServerMetrics } from './monitoring/server-metrics.ts';
import type { ServerOptions } from './options.ts';
import { mlflowProtocol } from './protocols/mlflow.ts';
import { openInferenceProtocol } from './protocols/open-inference.ts';
import { plainProtocol } from './protocols/plain.ts';
import type { Protocol, ServingContext } from './protocols/protocol.ts';
import { tensorFlowServingProtocol } from './protocols/tensorflow-serving.ts';
import { RouteIndex, shownPath } from './route-index.ts';
import { type LoadedModel, loadedModel, type ServedModel } from './served-model.ts';

export interface ServerPorts {
  readonly clock: Clock;
  readonly events: EventLog;
  /** Where predictions are written; without it they are not. */
  readonly predictionLog?: PredictionLog;
}

/** A server that listens to nobody yet. */
export interface PredictionServer {
  readonly app: FastifyInstance;
  readonly metrics: ServerMetrics;
  /** The model that answers now. */
  model(): LoadedModel;
  /** Compiles another model as this server does. */
  compile(model: ServedModel): LoadedModel;
  /** From the next request on another model answers; those in flight end with the one that they began with. */
  use(model: LoadedModel): void;
  /** Whether probes say that it takes requests. */
  setReady(ready: boolean): void;
  /** Takes no more connections, and ends when every request has its answer. */
  close(): Promise<void>;
}

/**
 * Makes the HTTP server of a model, with every protocol that it speaks.
 *
 * @param model verified by its source.
 */
export function createServer(
  first: ServedModel,
  options: ServerOptions,
  ports: ServerPorts,
): PredictionServer {
  const { clock, events, predictionLog } = ports;
  const keys = { keyColumns: options.keyColumns, logsPredictions: predictionLog !== undefined };
  let model = loadedModel(first, keys);
  let profile = new LiveProfile(model, clock.now());
  let ready = false;
  const metrics = new ServerMetrics(clock.now());
  const admission = new Admission(options);
  const observer: RecordObserver = {
    answered(answer, requestId) {
      metrics.answered(answer);
      // An answer of a model that was replaced meanwhile may have other columns.
      if (answer.model === model) profile.add(answer.rows);
      predictionLog?.add(answer, requestId);
    },
    refused: (of, problems) => metrics.refused(of, problems),
  };
  const context: ServingContext = {
    name: model.name,
    model: () => model,
    ready: () => ready,
    answer: (of, records, request, texts = false): RequestAnswer | Promise<RequestAnswer> =>
      answerRecords(of, records, {
        texts,
        requestId: request.id,
        observer,
        deadline: performance.now() + options.timeout,
      }),
  };
  const app = createApp(options);
  const routes = new RouteIndex();
  const hookOf = addHooks(app, { options, admission, metrics, events, routes });
  const operations = operationsProtocol(context, {
    profile: () => profile,
    exposition: () =>
      metrics.format({
        model,
        ready,
        inFlight: admission.inFlight,
        lag: admission.lag,
        profiledRows: profile.rows,
        log: predictionLog,
      }),
    token: options.token !== undefined,
  });
  const protocols = [
    plainProtocol(context),
    mlflowProtocol(context),
    openInferenceProtocol(context),
    tensorFlowServingProtocol(context),
    operations,
  ];
  for (const protocol of protocols) addProtocol(app, protocol, { routes, events, hookOf });
  app.addHook('onClose', async () => admission.close());
  return {
    app,
    metrics,
    model: () => model,
    compile: (next) => loadedModel(next, keys),
    use(next) {
      model = next;
      profile = new LiveProfile(next, clock.now());
    },
    setReady: (value) => {
      ready = value;
    },
    close: () => closeApp(app),
  };
}

/** Milliseconds between looks for requests that take too long to arrive; Node's own are half a minute apart. */
const longestCheck = 1000;

/** Milliseconds that an idle connection stays open: longer than the minute after which load balancers close theirs. */
const keepAlive = 72_000;

function createApp({ maxBody, timeout }: ServerOptions): FastifyInstance {
  const boot = randomBytes(4).toString('hex');
  let count = 0;
  const app = fastify({
    bodyLimit: maxBody,
    requestTimeout: Math.ceil(timeout),
    http: { connectionsCheckingInterval: Math.min(longestCheck, Math.ceil(timeout)) },
    keepAliveTimeout: keepAlive,
    // Requests on open connections are answered until the end, and asked to close theirs.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : `${boot}-${++count}`;
    },
    clientErrorHandler: answerClientErrors,
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      void reply.code(400).send({ error: 'the address cannot be read: it holds a wrong % sequence' });
    },
  });
  acceptJson(app);
  return app;
}

/** Adds a protocol's routes in a scope of their own, where errors are worded as it words them. */
function addProtocol(
  app: FastifyInstance,
  protocol: Protocol,
  { routes, events, hookOf }: { routes: RouteIndex; events: EventLog; hookOf: ReturnType<typeof addHooks> },
): void {
  app.register(async (scope) => {
    if (protocol.readsCsv) acceptCsv(scope);
    scope.setErrorHandler((error, request, reply) => {
      const refusal = toRequestError(error, request, events);
      void reply.code(refusal.statusCode).headers(refusal.details.headers ?? {});
      void reply.send(protocol.errorBody(refusal));
    });
    for (const { method, url, open, handler } of protocol.routes) {
      routes.add(method, url);
      if (method === 'GET') routes.add('HEAD', url);
      scope.route({
        method,
        url,
        onRequest: hookOf({ label: shownPath(url), open: open === true }),
        handler: (request, reply) => {
          if (!app.server.listening) reply.header('connection', 'close');
          return handler(request, reply);
        },
      });
    }
  });
}

/** Milliseconds between looks for connections whose last request was answered. */
const idleCheck = 20;
/** Milliseconds for the requests in flight to end; then connections are cut. */
const longestEnd = 30_000;

/** Node closes the connections that are idle when it stops listening, and not those that become idle after. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), idleCheck);
  const late = setTimeout(() => app.server.closeAllConnections(), longestEnd);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
