import { SHARE_ENV, Worker } from 'node:worker_threads';
import { discardOwnTemporary } from '../shared/platform/own-temporary.ts';
import { threadFile } from '../shared/platform/thread-file.ts';
import { discardUnfinished } from '../shared/platform/unfinished.ts';
import { endThread } from '../shared/platform/work-thread.ts';
import { drained, sayStopped, stopCodeOf, stopSignals } from './run-in-process.ts';
import type { Signal } from './terminal/io.ts';
import { ignoreClosedPipes } from './terminal/process-io.ts';
import type { FromWork, ThreadStart, ToWork } from './thread/thread-messages.ts';

/**
 * Runs a command line on a thread of its own and ends the process with its exit code. This thread only listens: signals
 * reach no other one, and a thread that computes for a minute would hear of them after that minute.
 */
export async function runInThread(argv: readonly string[]): Promise<void> {
  ignoreClosedPipes();
  const columns = sharedColumns();
  const worker = startWorker({ argv, columns, terminals: terminals() });
  const unfinished = new Set<string>();
  worker.on('message', (message: FromWork) => {
    switch (message.kind) {
      case 'write':
        process[message.stream].write(message.chunk);
        break;
      case 'read':
        passOn(process.stdin, worker);
        break;
      case 'raw':
        if (process.stdin.isTTY) process.stdin.setRawMode(message.on);
        break;
      case 'unfinished':
        unfinished.add(message.folder);
        break;
      case 'finished':
        unfinished.delete(message.folder);
        break;
    }
  });
  let stopping = false;
  const stop = async (signal: Signal): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const ended = await endThread(worker, signal);
    for (const folder of unfinished) discardUnfinished(folder);
    discardOwnTemporary();
    sayStopped(signal, process.stderr);
    if (ended) process.exit(stopCodeOf(signal));
    // To exit means to wait for that thread; a signal that nobody listens to does not wait.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  for (const signal of stopSignals) process.on(signal, () => void stop(signal));

  const code = await new Promise<number>((resolve) => {
    worker.on('error', async (error) => resolve(await reportCrash(error, argv)));
    worker.on('exit', (exitCode) => {
      if (!stopping) resolve(exitCode);
    });
  });
  await drained();
  process.exit(code);
}

function startWorker(start: ThreadStart): Worker {
  // Native engines read variables of the process that are set before they are loaded.
  return new Worker(threadFile('./verb-worker', import.meta.url), { workerData: start, env: SHARE_ENV });
}

function terminals(): ThreadStart['terminals'] {
  return {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
  };
}

/** The terminals' widths, kept up to date where a thread that computes can see them. */
function sharedColumns(): Int32Array {
  const columns = new Int32Array(new SharedArrayBuffer(8));
  for (const [place, stream] of [process.stdout, process.stderr].entries()) {
    const measure = (): void => {
      columns[place] = stream.columns ?? 0;
    };
    measure();
    stream.on('resize', measure);
  }
  return columns;
}

function passOn(input: NodeJS.ReadStream, worker: Worker): void {
  const send = (chunk: Uint8Array | undefined): void =>
    worker.postMessage({ kind: 'input', chunk } satisfies ToWork);
  input.on('data', send);
  input.on('end', () => send(undefined));
}

/** A thread that ends with an error has found no one to report it: a bug, or no memory left. */
async function reportCrash(error: Error, argv: readonly string[]): Promise<number> {
  const { failureOf } = await import('./session/failure.ts');
  const { code, text } = failureOf(error, argv);
  process.stderr.write(`${text}\n`);
  return code;
}
