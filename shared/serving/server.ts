// A model behind HTTP: requests in several protocols, validated answers, health, metrics and a log of predictions.
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Eventual } from '../platform/eventual.ts';
import { answerRecords, type RecordObserver, type RequestAnswer } from './answers.ts';
import { acceptCsv, acceptJson } from './body-parsing.ts';
import { addHooks, refuse, toRequestError } from './hooks.ts';
import { closeApp, createApp } from './http-app.ts';
import { type JsonLimits, jsonLimits } from './intake/json-limits.ts';
import { RequestIntake } from './intake/request-intake.ts';
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

/** What the server needs from outside. */
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
  /** What `/metrics` shows. */
  exposition(): string;
  /** Whether probes say that it takes requests. */
  ready(): boolean;
  /** The model that answers now. */
  model(): LoadedModel;
  /** Compiles another model as this server does. */
  compile(model: ServedModel): LoadedModel;
  /** From the next request on another model answers; those in flight end with the one that they began with. */
  use(model: LoadedModel): void;
  /** Sets {@link ready}; while it is not, every answer asks its client to close the connection. */
  setReady(ready: boolean): void;
  /** Takes no more connections, and ends when every request has its answer. */
  close(): Promise<void>;
}

/**
 * Makes the HTTP server of a model, with every protocol that it speaks.
 *
 * @param first the model that answers at first, verified by its source.
 */
export function createServer(
  first: ServedModel,
  options: ServerOptions,
  ports: ServerPorts,
): PredictionServer {
  const { clock, events, predictionLog } = ports;
  const limits = new WeakMap<LoadedModel, JsonLimits>();
  const limitsOf = (of: LoadedModel): JsonLimits => {
    const found = limits.get(of) ?? jsonLimits(options.maxRows, of.schema.columns.length + of.taken.length);
    limits.set(of, found);
    return found;
  };
  const keys = { keyColumns: options.keyColumns, logsPredictions: predictionLog !== undefined };
  let model = loadedModel(first, keys);
  let profile = new LiveProfile(model, clock.now());
  let ready = false;
  const metrics = new ServerMetrics(clock.now());
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
    maxRows: options.maxRows,
    answer: (of, records, request, texts = false): Eventual<RequestAnswer> =>
      answerRecords(of, records, {
        texts,
        requestId: request.id,
        observer,
        maxRows: options.maxRows,
        deadline: performance.now() + options.timeout,
      }),
  };
  const app = createApp(options, () => ready);
  const intake = new RequestIntake(app.server, options, metrics);
  acceptJson(app, intake, () => limitsOf(model));
  const routes = new RouteIndex();
  const hookOf = addHooks(app, { options, intake, metrics, events, routes, ready: () => ready });
  const exposition = (): string =>
    metrics.format({
      model,
      ready,
      inFlight: intake.admission.inFlight,
      lag: intake.admission.lag,
      bodyBytes: intake.bodies.bytes + intake.answers.bytes,
      droppedBodies: intake.bodies.dropped + intake.answers.dropped,
      connections: intake.connections.open,
      displacedConnections: intake.connections.displaced,
      profiledRows: profile.rows,
      log: predictionLog,
    });
  const operations = operationsProtocol(context, {
    profile: () => profile,
    exposition: options.metricsApart === true ? undefined : exposition,
    token: options.token !== undefined,
  });
  const protocols = [
    plainProtocol(context),
    mlflowProtocol(context),
    openInferenceProtocol(context),
    tensorFlowServingProtocol(context),
    operations,
  ];
  for (const protocol of protocols) addProtocol(app, protocol, { routes, events, hookOf, intake });
  app.addHook('onClose', async () => intake.admission.close());
  return {
    app,
    metrics,
    exposition,
    ready: () => ready,
    model: () => model,
    compile: (next) => loadedModel(next, keys),
    use(next) {
      model = next;
      profile = new LiveProfile(next, clock.now());
    },
    setReady: (value) => {
      ready = value;
    },
    close: () => {
      ready = false;
      return closeApp(app);
    },
  };
}

interface ProtocolParts {
  readonly routes: RouteIndex;
  readonly events: EventLog;
  readonly hookOf: ReturnType<typeof addHooks>;
  readonly intake: RequestIntake;
}

/** Adds a protocol's routes in a scope of their own, where errors are worded as it words them. */
function addProtocol(
  app: FastifyInstance,
  protocol: Protocol,
  { routes, events, hookOf, intake }: ProtocolParts,
): void {
  app.register(async (scope) => {
    if (protocol.readsCsv) acceptCsv(scope, intake);
    scope.setErrorHandler((error, request, reply) => {
      refuse(toRequestError(error, request, events), protocol.errorBody, { request, reply });
    });
    for (const { method, url, open, handler } of protocol.routes) {
      routes.add(method, url);
      if (method === 'GET') routes.add('HEAD', url);
      scope.route({
        method,
        url,
        onRequest: hookOf({ label: shownPath(url), open: open === true }),
        handler:
          method === 'GET'
            ? handler
            : (request, reply) => intake.answer(request, () => handler(request, reply)),
      });
    }
  });
}
