// Candidates side by side: docs/adr/0023-work-units-and-threads.md.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type {
  TrainingThread,
  TrainingThreads,
} from '../../../shared/model/training/fitting/train-candidates.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import type { FromTraining } from './thread-messages.ts';

/** @param startWorker starts a thread that runs candidate-worker.ts. */
export function trainingThreads(startWorker: () => Worker): TrainingThreads {
  return { most: availableParallelism(), start: () => trainingThread(startWorker()) };
}

function trainingThread(worker: Worker): TrainingThread {
  return {
    async train(job, logger) {
      const over = new AbortController();
      const ended = once(worker, 'exit', { signal: over.signal }).then(() => {
        throw new Error(`the thread that trains ${job.candidate.name} ended before it had an answer`);
      });
      const answered = Promise.withResolvers<Extract<FromTraining, { kind: 'fitted' | 'diverged' }>>();
      const listen = (message: FromTraining): void => {
        switch (message.kind) {
          case 'progress':
            logger.progress(message.progress);
            break;
          case 'debug':
          case 'info':
          case 'warn':
            logger[message.kind](message.message);
            break;
          case 'refused':
            answered.reject(new ConfigurationError(message.message));
            break;
          default:
            answered.resolve(message);
        }
      };
      worker.on('message', listen);
      worker.on('error', answered.reject);
      worker.postMessage(job);
      try {
        return await Promise.race([answered.promise, ended]);
      } finally {
        // A thread trains dozens of models: what waits for its end must not pile up.
        over.abort();
        worker.off('message', listen);
        worker.off('error', answered.reject);
      }
    },
    async stop() {
      await worker.terminate();
    },
  };
}
