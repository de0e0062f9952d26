import type { Clock } from '../../platform/clock.ts';

/** What happened, beside the sentence: names of one word, values that JSON holds. */
export type EventFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where the server says what it does. */
export interface EventLog {
  info(message: string, fields?: EventFields): void;
  warn(message: string, fields?: EventFields): void;
  error(message: string, fields?: EventFields): void;
}

/** One JSON object a line: `time`, `level`, `message`, then the fields. */
export function jsonEvents(clock: Clock, write: (line: string) => void): EventLog {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: EventFields = {}): void => {
      const time = new Date(clock.now()).toISOString();
      write(`${JSON.stringify({ time, level, message, ...fields })}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
