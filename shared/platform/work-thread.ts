// A thread that works, beside one that listens: docs/adr/0023-work-units-and-threads.md.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessagePort, Worker } from 'node:worker_threads';

/** What a working thread is told when the process must stop. */
interface StopRequest {
  readonly kind: 'stop';
  readonly signal: NodeJS.Signals;
}

/** Milliseconds for a thread to end by itself, and for the machine to end it: together well under two seconds. */
const patience = { itself: 250, machine: 1000 };

/**
 * Ends a working thread. One that waits ends itself, and so kills what it has started; one that computes does not hear of it
 * and is broken off.
 *
 * @returns whether it has ended; a call into the machine's own code (sorting, compressing) cannot be broken off.
 */
export async function endThread(worker: Worker, signal: NodeJS.Signals): Promise<boolean> {
  const ended = once(worker, 'exit').then(() => true);
  const within = (milliseconds: number) => Promise.race([ended, sleep(milliseconds, false)]);
  worker.postMessage({ kind: 'stop', signal } satisfies StopRequest);
  if (await within(patience.itself)) return true;
  void worker.terminate();
  return within(patience.machine);
}

/** In a working thread: does what the process would do about a signal, whose listeners are called, and ends the thread. */
export function endWhenAsked(port: MessagePort): void {
  port.on('message', (request: { readonly kind?: unknown }) => {
    if (request.kind !== 'stop') return;
    const { signal } = request as StopRequest;
    process.emit(signal, signal);
    process.exit();
  });
}
