import { type Command, InvalidArgumentError } from 'commander';
import type { CommonFlags } from '../session/session.ts';

/** The flags of `ciclo serve`. */
export interface ServeFlags extends CommonFlags {
  readonly config?: string;
  readonly host: string;
  readonly port: number;
  readonly modelVersion?: string;
  readonly tokenEnv?: string;
  readonly metricsPort?: number;
  readonly maxBody: number;
  readonly maxBodies?: number;
  readonly maxRows: number;
  readonly maxConnections: number;
  readonly maxInFlight: number;
  readonly timeout: number;
  readonly drain: number;
  readonly watch: number;
  readonly logRequests?: boolean;
  readonly logPredictions?: string;
  readonly logKey?: readonly string[];
  readonly logRate: number;
  readonly logSeed: string;
  readonly logSize: number;
  readonly logFiles: number;
}

/** What a server does, for its help. */
export const serveDescription =
  'Answers records with predictions: at /predict, and by the protocols of MLflow, Open Inference (v2) and ' +
  'TensorFlow Serving. Every byte of the model is checked against its manifest first, every record against the ' +
  'schema that the model was trained on. /openapi.json describes it all, with examples.';

/** Adds what `ciclo serve` and the server of a release have in common. */
export function addServeFlags(command: Command): Command {
  return command
    .option('--host <address>', 'the address to listen at; 0.0.0.0 for all', '127.0.0.1')
    .option('--port <number>', 'the port; 0 takes a free one', numberFlag('--port', 0, 65_535, true), 8080)
    .option('--token-env <name>', 'environment variable with a token that requests must bear')
    .option(
      '--metrics-port <number>',
      'another port for /metrics and the probes, without the token; 0 takes a free one',
      numberFlag('--metrics-port', 0, 65_535, true),
    )
    .option('--max-body <size>', 'largest body, as 500kb or 4mb', bytesFlag('--max-body'), 2 ** 20)
    .option(
      '--max-bodies <size>',
      'bodies in memory together (default: 4mb, or twice --max-body)',
      bytesFlag('--max-bodies'),
    )
    .option(
      '--max-rows <number>',
      'records of a request',
      numberFlag('--max-rows', 1, 10_000_000, true),
      10_000,
    )
    .option(
      '--max-connections <number>',
      'open connections; for one more, that which waited longest goes',
      numberFlag('--max-connections', 1, 1_000_000, true),
      1024,
    )
    .option(
      '--max-in-flight <number>',
      'requests answered at a time; more get 503',
      numberFlag('--max-in-flight', 1, 100_000, true),
      256,
    )
    .option('--timeout <seconds>', 'for a request to arrive', numberFlag('--timeout', 0.1, 3600), 30)
    .option(
      '--drain <seconds>',
      'between "not ready" and the end, for load balancers',
      numberFlag('--drain', 0, 3600),
      0,
    )
    .option(
      '--watch <seconds>',
      'between looks whether the model changed; 0: never',
      numberFlag('--watch', 0, 86_400),
      2,
    )
    .option('--log-requests', 'a line for every request')
    .option('--log-predictions <folder>', 'write records and predictions there, as NDJSON')
    .option(
      '--log-key <columns>',
      'columns of records beside the features that it keeps, such as order,line; "" for none (default: data.key)',
      namesFlag,
    )
    .option('--log-rate <share>', 'share of the records written', numberFlag('--log-rate', 0, 1), 1)
    .option('--log-seed <text>', 'of the draws that choose them', '1')
    .option('--log-size <size>', 'largest file', bytesFlag('--log-size'), 64 * 2 ** 20)
    .option('--log-files <number>', 'files kept', numberFlag('--log-files', 1, 100_000, true), 8);
}

/** Reads a number from `low` to `high`. */
function numberFlag(flag: string, low: number, high: number, whole = false): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`${flag} is a ${whole ? 'whole ' : ''}number from ${low} to ${high}.`);
  };
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

/** Reads a size: `65536`, `500kb`, `4mb`. */
function bytesFlag(flag: string): (text: string) => number {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?) ?(b|kb|mb|gb)?$/i.exec(text.trim());
    const bytes = match ? Math.floor(Number(match[1]) * units[(match[2] ?? '').toLowerCase()]!) : 0;
    if (bytes >= 1 && bytes <= 2 ** 30) return bytes;
    throw new InvalidArgumentError(`${flag} is a size up to 1gb, as 65536, 500kb or 4mb.`);
  };
}

/** Reads names, separated by commas. */
function namesFlag(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
