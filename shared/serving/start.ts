import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '../platform/errors.ts';
import type { ModelSource } from './model-source.ts';
import { operationsServer } from './monitoring/operations-port.ts';
import { checkLogColumns } from './monitoring/prediction-line.ts';
import { PredictionLog, type PredictionLogOptions } from './monitoring/prediction-log.ts';
import type { ServerOptions } from './options.ts';
import { Reloader, type ReloadResult } from './reloader.ts';
import { loadedModel } from './served-model.ts';
import { createServer, type PredictionServer, type ServerPorts } from './server.ts';

/** Where the server listens, when it looks at its model, and how it ends. */
export interface StartOptions extends ServerOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Where `/metrics` and the probes are answered, without a token; then `/metrics` is at no other. 0 takes any. */
  readonly metricsPort?: number | undefined;
  /** Milliseconds between looks at the model; 0 never looks. */
  readonly watch: number;
  /** Milliseconds between "not ready" and the last connection taken, for load balancers to notice. */
  readonly drain: number;
  readonly predictions?: PredictionLogOptions;
}

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** The same of the port of metrics and probes, where there is one. */
  readonly metricsUrl: string | undefined;
  readonly server: PredictionServer;
  reload(): Promise<ReloadResult>;
  /** Says "not ready", waits, takes no more connections, and ends when every request has its answer. */
  stop(): Promise<void>;
}

/**
 * Loads and verifies the model, and serves it.
 *
 * @throws ConfigurationError when there is no model or the port is taken, IntegrityError when it is damaged.
 */
export async function startServer(
  source: ModelSource,
  options: StartOptions,
  ports: Omit<ServerPorts, 'predictionLog'>,
): Promise<RunningServer> {
  const { clock, events } = ports;
  const mark = await source.mark();
  const model = await source.load();
  const predictionLog = options.predictions && new PredictionLog(options.predictions, clock, events);
  if (predictionLog) {
    checkLogColumns(loadedModel(model, { keyColumns: options.keyColumns, logsPredictions: true }));
    await predictionLog.begin();
  }
  const apart = { ...options, metricsApart: options.metricsPort !== undefined };
  const server = createServer(model, apart, { ...ports, ...(predictionLog ? { predictionLog } : {}) });
  const operations = options.metricsPort === undefined ? undefined : operationsServer(server);
  const metricsUrl =
    operations && (await listen(operations, options.host, '--metrics-port', options.metricsPort!));
  const url = await listen(server.app.server, options.host, '--port', options.port, () =>
    server.app.listen({ host: options.host, port: options.port }),
  ).catch((error: unknown) => {
    operations?.close();
    throw error;
  });
  server.setReady(true);
  const { name, version, digest } = model;
  events.info('serving', { model: name, version, digest, url, metrics: metricsUrl, place: source.place });
  if (options.token === undefined && !isLocal(options.host)) {
    events.warn('no token is asked for: whoever reaches this address gets predictions', {
      host: options.host,
    });
  }
  const reloader = new Reloader(
    { source, server, events, logsPredictions: predictionLog !== undefined },
    mark,
  );
  if (options.watch > 0) reloader.watch(options.watch);

  let ending: Promise<void> | undefined;
  async function end(): Promise<void> {
    reloader.stop();
    server.setReady(false);
    events.info('stopping: no longer ready', { drain: options.drain });
    if (options.drain > 0) await clock.sleep(options.drain);
    await server.close();
    operations?.close();
    operations?.closeAllConnections();
    await predictionLog?.close();
    events.info('stopped');
  }
  return {
    url,
    metricsUrl,
    server,
    reload: () => reloader.reload(),
    stop: () => {
      ending ??= end();
      return ending;
    },
  };
}

const isLocal = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);

/** @param begin lets the server listen, where that is not the server's own method. */
async function listen(
  server: Server,
  host: string,
  flag: string,
  port: number,
  begin: () => Promise<unknown> = () => once(server.listen({ host, port }), 'listening'),
): Promise<string> {
  try {
    await begin();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = {
      EADDRINUSE: `it is in use: stop what uses it, or choose another with ${flag}`,
      EACCES: 'this user may not listen there: use a port from 1024 on',
      EADDRNOTAVAIL: 'this machine has no such address: use 127.0.0.1, or 0.0.0.0 for all',
      ENOTFOUND: 'there is no such host name',
    }[code ?? ''];
    if (why === undefined) throw error;
    throw new ConfigurationError(`cannot listen at ${host} port ${port}: ${why}`, { cause: error });
  }
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${shown}:${address.port}`;
}
