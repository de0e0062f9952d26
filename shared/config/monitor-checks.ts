import type { ConfigParts } from './config-parts.ts';
import type { Problem } from './problem.ts';

/** Windows without an event time to go by, and choices of a window that exclude each other. */
export function* monitorProblems({ data, monitor }: ConfigParts): Iterable<Problem> {
  if (!monitor) return;
  const { window, time, source } = monitor;
  const timed = (['last-rows', 'last', 'calendar'] as const).filter((key) => window[key] !== undefined);
  if (timed.length > 1) {
    yield {
      path: ['monitor', 'window'],
      message: `${timed.join(' and ')} choose the rows in different ways; keep one of them`,
    };
  }
  if (time !== undefined && source === undefined) {
    yield {
      path: ['monitor', 'time'],
      message: `"${time}" is the event time of monitor.source, which is not there; data.time names that of data.source`,
    };
  }
  if (data && data.time === undefined && source === undefined && timed.length > 0) {
    yield {
      path: ['monitor', 'window', timed[0]!],
      message: 'windows go by the event time; name its column in data.time',
    };
  }
}
