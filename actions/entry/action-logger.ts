import { debug, info, warning } from '@actions/core';
import type { Clock } from '../../shared/platform/clock.ts';
import type { Location, Logger, Progress } from '../../shared/platform/logger.ts';

/** A log line of progress per task no more often than this, in milliseconds: logs are read, not watched. */
const between = 10_000;

/** Writes to the log of the workflow run; warnings become annotations, at their place in a file if they have one. */
export function createActionLogger(clock: Clock): Logger {
  const shown = new Map<string, number>();
  return {
    debug: (message) => debug(message),
    info: (message) => info(message),
    warn: (message, at) => warning(message, at ? annotationPlace(at) : {}),
    progress: (progress) => {
      const now = clock.now();
      const last = shown.get(progress.task);
      if (last === undefined) shown.set(progress.task, now);
      else if (now - last >= between) {
        shown.set(progress.task, now);
        info(progressLine(progress));
      }
    },
  };
}

function progressLine({ task, done, total, detail }: Progress): string {
  const count = total === undefined ? `${done}` : `${done}/${total}`;
  return `${task}  ${count}${detail === undefined ? '' : `  ${detail}`}`;
}

/** A place in a file as the runner's command `::warning` takes it. */
export function annotationPlace({ file, line, column }: Location): {
  file: string;
  startLine?: number;
  startColumn?: number;
} {
  return {
    file,
    ...(line === undefined ? {} : { startLine: line }),
    ...(column === undefined ? {} : { startColumn: column }),
  };
}
