import { systemClock } from '../../shared/platform/clock.ts';
import { type Io, isClosedPipe } from './io.ts';

/** The process's own streams, environment and folder. */
export function processIo(): Io & { readonly unfinished: Set<string> } {
  return {
    // To look at stdin opens it, which takes longer than a short command does.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    unfinished: new Set(),
    signals: new Map(),
  };
}

/** Who reads our output may go away (`ciclo run | head -1`): the work goes on, the words are dropped. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      if (!isClosedPipe(error)) throw error;
    });
  }
}
