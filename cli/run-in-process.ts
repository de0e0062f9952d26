import { discardOwnTemporary } from '../shared/platform/own-temporary.ts';
import { discardUnfinished } from '../shared/platform/unfinished.ts';
import { type ExitCode, exitCodes } from './session/exit-codes.ts';
import type { Io, Output, Signal } from './terminal/io.ts';
import { ignoreClosedPipes, type processIo } from './terminal/process-io.ts';

/** The signals that end a process which nobody asked to take them otherwise. */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly Signal[];

/**
 * Does the work, with signals and closed pipes looked after, and ends the process with its exit code. The work must come
 * back to the event loop often: what computes for seconds is for {@link runInThread}.
 *
 * @throws what an output stream reports, unless its reader has closed the pipe.
 */
export async function runInProcess(
  work: (io: Io) => Promise<ExitCode>,
  io: ReturnType<typeof processIo>,
): Promise<void> {
  ignoreClosedPipes();
  for (const signal of stopSignals) {
    process.on(signal, () => (io.signals.get(signal) ?? (() => stop(signal, io)))());
  }
  const code = await work(io);
  await drained();
  // Engines may hold worker threads and timers: the work is done, so the process ends.
  process.exit(code);
}

function stop(signal: Signal, io: ReturnType<typeof processIo>): never {
  for (const folder of io.unfinished) discardUnfinished(folder);
  discardOwnTemporary();
  sayStopped(signal, io.stderr);
  process.exit(stopCodeOf(signal));
}

/** Says that a signal has ended the work, in place of a live line. */
export function sayStopped(signal: Signal, stderr: Output): void {
  const line = stderr.isTTY ? '\r\u001b[K' : '';
  stderr.write(`${line}Stopped (${signal}): no result is half-written\n`);
}

/** What a shell would say of a process that a signal has ended. */
export function stopCodeOf(signal: Signal): number {
  const number = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal];
  return signal === 'SIGINT' ? exitCodes.interrupted : 128 + number;
}

/** Waits until the process's streams have taken what was written. */
export async function drained(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(async (stream) => {
      if (!stream.writable) return;
      await new Promise<void>((resolve) => {
        stream.write('', () => resolve());
      });
    }),
  );
}
