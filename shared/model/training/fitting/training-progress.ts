// How far a queue of trainings is, beside how far each of them is.
import type { Logger } from '../../../platform/logger.ts';
import type { Work } from '../candidates/work.ts';

/** Counts trainings that have ended. */
export interface TrainingProgress {
  /** Says with each step of a training how much of the queue is left. */
  readonly logger: Logger;
  /** One has ended. */
  ended(work: Work): void;
}

/**
 * The progress of several trainings; of one its own steps say enough.
 *
 * @param works what each takes at most: trainings that stop early leave less.
 */
export function trainingProgress(logger: Logger, works: readonly Work[]): TrainingProgress {
  const total = works.reduce((sum, work) => sum + work, 0);
  let [done, left] = [0, total];
  const words = (): string => {
    const models = `${done} of ${works.length} models trained`;
    return total > 0 ? `${models}, at most ${Math.ceil((100 * left) / total)}% of the work left` : models;
  };
  const progress: Logger['progress'] =
    works.length < 2
      ? (step) => logger.progress(step)
      : (step) => logger.progress({ ...step, detail: step.detail ? `${step.detail}  ${words()}` : words() });
  return {
    logger: {
      debug: (message) => logger.debug(message),
      info: (message) => logger.info(message),
      warn: (message, at) => logger.warn(message, at),
      progress,
    },
    ended(work) {
      done++;
      left = Math.max(0, left - work);
    },
  };
}
