/** What the process ends with; every command's help states them. */
export const exitCodes = {
  /** The work was done, whatever it found. */
  done: 0,
  /** With `--exit-code`: the verdict is fail, a quality check failed, or the lock would change. */
  found: 1,
  /** A mistake that the user can mend: one message, no stack. */
  mistake: 2,
  /** A bug in Ciclo: stack and cause. */
  bug: 3,
  /** Stopped by Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
