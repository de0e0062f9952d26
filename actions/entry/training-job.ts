import { Worker } from 'node:worker_threads';

/** The data with which main.ts is started to train candidates. */
export const trainingJob = 'train candidates';

/** Starts the running program, a bundle, again on a thread that trains candidates. */
export function startTrainingThread(): Worker {
  return new Worker(process.argv[1]!, { workerData: trainingJob });
}
