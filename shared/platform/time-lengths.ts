/** Lengths of time in milliseconds, by name: no file spells out 86,400,000. Days are of 24 hours, as in UTC. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;

/** Node's timers go no further, 25 days: a longer one would go off at once, or be refused. */
const longestDelay = 2 ** 31 - 1;

/** What a timer is set to, so that it goes off after so long a time, or never in practice. @param length in milliseconds. */
export function timerDelay(length: number): number {
  return Math.min(length, longestDelay);
}
