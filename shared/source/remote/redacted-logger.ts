import type { Logger } from '../../platform/logger.ts';
import type { EnvironmentReferences } from './environment-reference.ts';

/** A logger that shows none of the values that references have put in. */
export function redactedLogger(logger: Logger, references: Pick<EnvironmentReferences, 'redact'>): Logger {
  const redact = (message: string): string => references.redact(message);
  return {
    debug: (message) => logger.debug(redact(message)),
    info: (message) => logger.info(redact(message)),
    warn: (message, at) => logger.warn(redact(message), at),
    progress: (progress) => logger.progress({ ...progress, task: redact(progress.task) }),
  };
}
