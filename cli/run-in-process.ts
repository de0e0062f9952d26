import { systemClock } from '../shared/platform/clock.ts';
import { type ExitCode, exitCodes } from './session/exit-codes.ts';
import { type Io, isClosedPipe, type Signal } from './terminal/io.ts';

/** The process's own streams, environment and folder. */
export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    cleanups: new Set(),
    signals: new Map(),
  };
}

/**
 * Does the work, with signals and closed pipes looked after, and ends the process with its exit code.
 *
 * @throws what an output stream reports, unless its reader has closed the pipe.
 */
export async function runInProcess(work: (io: Io) => Promise<ExitCode>, io: Io): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => (io.signals.get(signal) ?? (() => stop(signal, io)))());
  }
  const code = await work(io);
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  // Engines may hold worker threads and timers: the work is done, so the process ends.
  process.exit(code);
}

/** Who reads our output may go away (`ciclo run | head -1`): the work goes on, the words are dropped. */
function ignoreClosedPipe(error: Error): void {
  if (!isClosedPipe(error)) throw error;
}

function stop(signal: Signal, io: Io): never {
  const number = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal];
  for (const cleanup of io.cleanups) cleanup();
  const line = io.stderr.isTTY ? '\r\u001b[K' : '';
  io.stderr.write(`${line}Stopped (${signal}): no result is half-written\n`);
  process.exit(signal === 'SIGINT' ? exitCodes.interrupted : 128 + number);
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writable) return;
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve());
  });
}
