import type { Logger } from '../../shared/platform/logger.ts';

/** A logger that shows several pieces of work as one, and the piece that goes on now. */
export interface OneTask {
  readonly logger: Logger;
  /** The next piece begins. */
  next(): void;
}

/**
 * One line that moves in place of a line for each model of each fold: whoever makes a first model wants to know how far it
 * is, not each loss. What a verb says besides goes to who asks for more (`--verbose`); warnings stay.
 *
 * @param pieces how many there are.
 */
export function oneTask(logger: Logger, task: string, pieces: number): OneTask {
  let done = 0;
  return {
    logger: {
      ...logger,
      info: (message) => logger.debug(message),
      progress: (progress) => logger.progress({ task, done, total: pieces, detail: progress.task }),
    },
    next: () => {
      done++;
      logger.progress({ task, done, total: pieces });
    },
  };
}
