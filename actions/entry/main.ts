// The GitHub actions: inputs, run context and outputs around each verb.
/**
 * All of Ciclo's actions start here, and start this file again on a thread that works: this one listens for the runner, which
 * ends a cancelled job after some seconds, whatever it is doing (docs/adr/0023-work-units-and-threads.md).
 */
import { isMainThread, parentPort, SHARE_ENV, Worker, workerData } from 'node:worker_threads';
import { discardOwnTemporary } from '../../shared/platform/own-temporary.ts';
import { discardUnfinished } from '../../shared/platform/unfinished.ts';
import { endThread, endWhenAsked } from '../../shared/platform/work-thread.ts';
import { trainingJob } from './training-job.ts';

/** A run directory in which results are being written. */
interface Unfinished {
  readonly runDirectory: string;
}

async function listen(): Promise<void> {
  // A bundle knows its own place by no other name. Native engines read variables that are set before they are loaded.
  const worker = new Worker(process.argv[1]!, { env: SHARE_ENV });
  const unfinished = new Set<string>();
  worker.on('message', ({ runDirectory }: Unfinished) => unfinished.add(runDirectory));
  worker.on('error', async (error) => {
    (await step()).reportFailure(error);
  });
  worker.on('exit', (code) => {
    process.exitCode ||= code;
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      const ended = await endThread(worker, signal);
      for (const runDirectory of unfinished) discardUnfinished(runDirectory);
      discardOwnTemporary();
      if (ended) process.exit(signal === 'SIGINT' ? 130 : 143);
      // To exit means to wait for that thread; a signal that nobody listens to does not wait.
      process.kill(process.pid, signal);
    });
  }
}

async function work(port: NonNullable<typeof parentPort>): Promise<void> {
  const { runStep, serveTraining } = await step();
  if (workerData === trainingJob) return serveTraining(port);
  endWhenAsked(port);
  await runStep((runDirectory) => port.postMessage({ runDirectory } satisfies Unfinished));
  // Engines and sockets may hold the thread open: the work is done.
  process.exit();
}

/** All that a thread runs. One way in, so that the bundle has nothing twice; the thread that listens loads none of it. */
function step() {
  return import('./run-step.ts');
}

await (isMainThread ? listen() : work(parentPort!));
