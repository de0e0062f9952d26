/** A place in a file of the user's; line and column count from 1. */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** How far a longer piece of work is. `total` is absent when it cannot be known. */
export interface Progress {
  /** What is being done, stable over the work: `train neural-network`. */
  readonly task: string;
  readonly done: number;
  readonly total?: number;
  /** The figures of this step: `loss 0.213  validation rmse 3.02`. */
  readonly detail?: string;
}

/** Where the verbs say what they do. The command line and the actions bring their own. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string, at?: Location): void;
  progress(progress: Progress): void;
}

/** Says nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, progress() {} };

/** A logger for several pieces of work of one command, which may all find the same: it warns of each thing once. */
export function warningOnce(logger: Logger): Logger {
  const said = new Set<string>();
  return {
    ...logger,
    warn: (message, at) => {
      const key = JSON.stringify([message, at]);
      if (said.has(key)) return;
      said.add(key);
      logger.warn(message, at);
    },
  };
}

/** One logged line, as {@link recordingLogger} keeps it. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'progress';
  readonly message: string;
}

/** Keeps every line, for tests and for verbs whose warnings belong in their result. */
export function recordingLogger(entries: LogEntry[]): Logger {
  return {
    debug: (message) => void entries.push({ level: 'debug', message }),
    info: (message) => void entries.push({ level: 'info', message }),
    warn: (message) => void entries.push({ level: 'warn', message }),
    progress: (p) =>
      void entries.push({
        level: 'progress',
        message: `${p.task} ${p.done}/${p.total ?? '?'} ${p.detail ?? ''}`,
      }),
  };
}
