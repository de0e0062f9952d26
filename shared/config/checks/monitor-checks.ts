import { declaredShare } from '../../text/percent.ts';
import type { Problem } from '../messages/problem.ts';
import type { ConfigParts } from './config-parts.ts';

/** Windows without an event time to go by, choices of a window that exclude each other, labels without a key. */
export function* monitorProblems(parts: ConfigParts): Iterable<Problem> {
  const { data, monitor } = parts;
  if (!monitor) return;
  yield* labelProblems(parts);
  const { window, time, source } = monitor;
  const timed = (['last-rows', 'last', 'calendar'] as const).filter((key) => window[key] !== undefined);
  if (timed.length > 1) {
    yield {
      path: ['monitor', 'window'],
      message: `${timed.join(' and ')} choose the rows in different ways; keep one of them`,
    };
  }
  if (data && data.time === undefined && monitor.reference === 'same-season') {
    yield {
      path: ['monitor', 'reference'],
      message: 'same-season uses the event time of the locked rows; name its column in data.time',
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

function* labelProblems({ data, monitor, target }: ConfigParts): Iterable<Problem> {
  const { labels, source, key } = monitor!;
  if (labels && data && key === undefined && data.key === undefined) {
    const message =
      'labels find their rows by a key; name its columns in monitor.key, of a prediction log [_request, _record]';
    yield { path: ['monitor', 'labels'], message };
  }
  if (key === undefined) return;
  if (!labels && !source) {
    const message = `${JSON.stringify(key)} joins labels to rows that come from elsewhere, and neither monitor.labels nor monitor.source is there; name one, or leave it out`;
    yield { path: ['monitor', 'key'], message };
  }
  if (target !== undefined && [key].flat().includes(target)) {
    const message = `"${target}" is the target, which rows without a label do not have; name columns that identify a row`;
    yield { path: ['monitor', 'key'], message };
  }
}

/** A confidence below one half would take a challenger that is probably worse; one of 100% takes none. */
export function* retrainProblems({ retrain }: ConfigParts): Iterable<Problem> {
  if (!retrain || (retrain.confidence >= 0.5 && retrain.confidence < 1)) return;
  const message = `${declaredShare(retrain.confidence)} takes ${retrain.confidence < 0.5 ? 'what is probably worse' : 'no challenger at all'}; allowed: from 50% to below 100%, such as 80%`;
  yield { path: ['retrain', 'confidence'], message };
}
