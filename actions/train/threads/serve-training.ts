import type { MessagePort } from 'node:worker_threads';
import { type CandidateJob, doJob } from '../../../shared/model/training/fitting/candidate-job.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import type { Logger } from '../../../shared/platform/logger.ts';
import type { FromTraining } from './thread-messages.ts';

/** On a training thread: trains the candidates that it is sent, one after the other. */
export function serveTraining(port: MessagePort): void {
  const tell = (message: FromTraining): void => port.postMessage(message);
  const logger: Logger = {
    debug: (message) => tell({ kind: 'debug', message }),
    info: (message) => tell({ kind: 'info', message }),
    warn: (message) => tell({ kind: 'warn', message }),
    progress: (progress) => tell({ kind: 'progress', progress }),
  };
  port.on('message', async (job: CandidateJob) => {
    try {
      tell(await doJob(job, logger));
    } catch (error) {
      // What the user can mend is an answer; anything else ends the thread with its stack.
      if (!(error instanceof ConfigurationError)) throw error;
      tell({ kind: 'refused', message: error.message });
    }
  });
}
