/**
 * An event time as people are shown it: midnight, where a date has no time of its own, is left out.
 *
 * @example shownTime('2002-07-25T00:00:00.000Z') // '2002-07-25'
 */
export function shownTime(time: string): string {
  return time.replace(/T00:00:00(\.000)?Z$/, '');
}
