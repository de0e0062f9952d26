// `ciclo doctor`: looks at what a pipeline needs around it, and says how to fix what is wrong.

/** What was looked at, and how it is. */
export interface Finding {
  /** What was looked at, in a word or two: `git`, `permissions`. */
  readonly check: string;
  /** `unknown`: it could not be seen from here; the mend says how to look. */
  readonly status: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly message: string;
  /** What to do, or to type. */
  readonly mend?: string;
}

/** Something that is as it should be. */
export function ok(check: string, message: string): Finding {
  return { check, status: 'ok', message };
}
