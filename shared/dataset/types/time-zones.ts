import { quote } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import { quotedValue } from './column-hints.ts';
import { rowsWhere, type TextCounts } from './text-counts.ts';

const clock = /[T ]\d\d:\d\d/;
const zone = /(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * A word on a column of ISO times of which some say how far they are off UTC and some do not: those are taken for UTC, and may
 * be local times. Days without a time of day are not looked at.
 *
 * @returns undefined where there is nothing to say.
 */
export function toldZones(name: string, counts: TextCounts): string | undefined {
  const isTime = (text: string): boolean => clock.test(text.trim());
  const isLocal = (text: string): boolean => isTime(text) && !zone.test(text.trim());
  const times = rowsWhere(counts, isTime);
  const local = rowsWhere(counts, isLocal);
  if (local === 0 || local === times) return undefined;
  const example = counts.texts.find(isLocal)!;
  return `column ${quote(name)}: ${formatCount(local)} of ${formatCount(times)} times say no offset from UTC (${quotedValue(name, example)}), and the others do: they are taken for UTC. If they are local times, write their offset where they come from`;
}
