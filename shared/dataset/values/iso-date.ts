import { minute } from '../../platform/time-lengths.ts';
import { largestTime } from './date-parts.ts';

const pattern =
  /^([+-]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * Milliseconds since 1970 of an ISO 8601 date or time; undefined when it is not one or no such day exists.
 *
 * `2026`, `2026-03`, `2026-03-31`, `2026-03-31T12:00`, with seconds, fractions, `Z` or an offset; a space may
 * stand for the T. Without an offset it is UTC, so that the same text means the same on every machine.
 */
export function parseIsoDate(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year, month, day, hours, minutes, seconds] = match
    .slice(1, 7)
    .map((part, i) => (part === undefined ? (i === 1 || i === 2 ? 1 : 0) : Number(part)));
  if (hours! > 23 || minutes! > 59 || seconds! > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day!) return undefined;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  const time = date.setUTCHours(hours!, minutes!, seconds!, milliseconds) - offsetOf(match[8]) * minute;
  return Math.abs(time) <= largestTime ? time : undefined;
}
