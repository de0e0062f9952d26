import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import type { ModelSource } from '../../shared/serving/model-source.ts';
import type { EventLog } from '../../shared/serving/monitoring/event-log.ts';
import type { RunningServer, StartOptions } from '../../shared/serving/start.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { configFolder } from '../session/paths.ts';
import { addCommonFlags, type Host, inSession, type Session } from '../session/session.ts';
import type { Io } from '../terminal/io.ts';
import { helpAfter } from './pipeline-help.ts';
import { addServeFlags, type ServeFlags, serveDescription } from './serve-flags.ts';

/** `ciclo serve`: a model as an HTTP server. */
export function addServe(program: Command, host: Host): void {
  const command = program
    .command('serve')
    .summary('serve a model by HTTP')
    .description(serveDescription)
    .argument(
      '[model]',
      'a model folder, or the bundle of a release (default: .ciclo/model beside ciclo.yml)',
    )
    .option('-c, --config <file>', 'where the default model is (default: ./ciclo.yml)')
    .option(
      '--model-version <version>',
      'what answers call it (default: the version of the bundle, else digits of the digest)',
    )
    .option('--expect <digest>', 'of a bundle: the SHA-256 that the file must have, sha256:…', digestFlag);
  addCommonFlags(addServeFlags(command))
    .addHelpText('after', helpText)
    .action((model: string | undefined, flags: ServeFlags) =>
      inSession(host, flags, async (session) => serve(await sourceOf(model, flags, session), flags, session)),
    );
}

const helpText = helpAfter({
  reads: 'the model; again when it changes, and on SIGHUP',
  writes: 'the log: words on a terminal, JSON lines elsewhere and with --json',
  more: [
    'SIGTERM and Ctrl-C stop it: requests in flight get their answers first.',
    'A second one stops it at once.',
  ],
  examples: [
    'ciclo serve',
    'ciclo serve fuel-v1.2.0.zip --expect sha256:9f86d081… --log-predictions log',
    'curl localhost:8080/predict -H "content-type: application/json" \\',
    '  -d \'{"horsepower": 95, "weight": 2372}\'',
  ],
});

/** Reads a digest as tags and release notes write it. */
function digestFlag(text: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('--expect is sha256: and 64 hexadecimal digits.');
}

async function sourceOf(
  given: string | undefined,
  { config, modelVersion, expect }: ServeFlags & { readonly expect?: string },
  session: Session,
): Promise<ModelSource> {
  const named = {
    places: { folders: [session.io.cwd] },
    ...(modelVersion === undefined ? {} : { version: modelVersion }),
  };
  if (given?.endsWith('.zip')) {
    const { bundleSource, uncheckedNote } = await import('../../shared/serving/bundle-source.ts');
    const file = session.path(given);
    if (expect === undefined) session.ports.logger.warn(await uncheckedNote(file));
    return bundleSource(file, expect === undefined ? named : { ...named, expect });
  }
  if (expect !== undefined) {
    throw new ConfigurationError(
      `--expect goes with the bundle of a release; ${given === undefined ? 'the model of .ciclo/model' : quote(given)} is a folder, whose digest is in its manifest.json: leave --expect out`,
    );
  }
  const { folderSource } = await import('../../shared/serving/model-source.ts');
  const folder =
    given === undefined
      ? path.join(await configFolder(session.io.cwd, config), '.ciclo', 'model')
      : session.path(given);
  return folderSource(folder, { ...named, places: { folders: [folder, session.io.cwd] } });
}

/** Serves until a signal says to stop. */
export async function serve(source: ModelSource, flags: ServeFlags, session: Session): Promise<ExitCode> {
  // Loaded here, so that help and the other commands need not wait for it.
  const { startServer } = await import('../../shared/serving/start.ts');
  const events = await eventsOf(session);
  const options = startOptions(flags, session);
  const server = await startServer(source, options, { clock: session.io.clock, events });
  return untilStopped(server, session.io);
}

function startOptions(flags: ServeFlags, { io, path: resolve }: Session): StartOptions {
  const token = flags.tokenEnv === undefined ? undefined : tokenOf(flags.tokenEnv, io);
  return {
    host: flags.host,
    port: flags.port,
    ...(token === undefined ? {} : { token }),
    metricsPort: flags.metricsPort,
    maxBody: flags.maxBody,
    maxBodies: maxBodiesOf(flags),
    maxRows: flags.maxRows,
    maxConnections: flags.maxConnections,
    maxInFlight: flags.maxInFlight,
    maxLag: 1000,
    timeout: flags.timeout * 1000,
    drain: flags.drain * 1000,
    watch: flags.watch * 1000,
    logRequests: flags.logRequests === true,
    keyColumns: flags.logKey,
    ...(flags.logPredictions === undefined
      ? {}
      : {
          predictions: {
            folder: resolve(flags.logPredictions),
            fileBytes: flags.logSize,
            files: flags.logFiles,
            rate: flags.logRate,
            seed: flags.logSeed,
            queueBytes: 4 * 2 ** 20,
          },
        }),
  };
}

/** Bytes of all bodies at a time, where nothing is said. */
const usualBodies = 4 * 2 ** 20;

function maxBodiesOf({ maxBody, maxBodies }: ServeFlags): number {
  if (maxBodies === undefined) return Math.max(usualBodies, 2 * maxBody);
  if (maxBodies >= maxBody) return maxBodies;
  throw new ConfigurationError(
    `--max-bodies ${maxBodies}: one body may have ${maxBody} bytes (--max-body); all together need at least as many`,
  );
}

/** A token shorter than this is guessed too soon. */
const shortestToken = 16;

function tokenOf(name: string, { environment }: Io): string {
  const token = environment[name];
  if (token === undefined) {
    throw new ConfigurationError(
      `--token-env ${name}: the environment has no ${quote(name)}; set it to the token`,
    );
  }
  if (token.trim() === '') {
    throw new ConfigurationError(
      `--token-env ${name}: it is empty; set it to the token, or unset it to serve whoever asks`,
    );
  }
  if (token.length < shortestToken || /\s/.test(token)) {
    throw new ConfigurationError(
      `--token-env ${name}: a token has at least ${shortestToken} characters and no spaces`,
    );
  }
  return token;
}

/** Words on a terminal, else lines of JSON on stdout. */
async function eventsOf({ io, json, ports, terminal }: Session): Promise<EventLog> {
  if (io.stderr.isTTY && !json) {
    const { logger } = ports;
    return {
      info: (message, fields) => logger.info(inWords(message, fields)),
      warn: (message, fields) => logger.warn(inWords(message, fields)),
      error: (message, fields) => logger.warn(inWords(message, fields)),
    };
  }
  const { jsonEvents } = await import('../../shared/serving/monitoring/event-log.ts');
  return jsonEvents(io.clock, (line) => void terminal.data(line));
}

function inWords(message: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const words = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
  return words.length === 0 ? message : `${message}: ${words.join(', ')}`;
}

/** Waits for the signal to stop; a second one is the process's own to take. */
async function untilStopped(server: RunningServer, { signals }: Io): Promise<ExitCode> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      signals.delete('SIGINT');
      signals.delete('SIGTERM');
      resolve();
    };
    signals.set('SIGINT', stop);
    signals.set('SIGTERM', stop);
    signals.set('SIGHUP', () => void server.reload());
  });
  await server.stop();
  signals.delete('SIGHUP');
  return exitCodes.done;
}
