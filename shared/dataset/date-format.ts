import { ConfigurationError, quote } from '../platform/errors.ts';
import { parseIsoDate } from './iso-date.ts';

/** Reads a text as milliseconds since 1970; undefined when it is no such date. */
export type DateReader = (text: string) => number | undefined;

const fields: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};
const token = /yyyy|MM|M|dd|d|HH|mm|ss/g;

/**
 * A reader of dates in a declared format: `iso` (ISO 8601; UTC where no offset is given), `unix-seconds`,
 * `unix-milliseconds`, or a pattern of yyyy, MM or M, dd or d, HH, mm, ss and other characters as they are.
 * Days that do not exist are refused.
 *
 * @throws ConfigurationError when the pattern names no year, month and day.
 */
export function dateReader(format: string, where: string): DateReader {
  if (format === 'iso') return parseIsoDate;
  if (format === 'unix-seconds') return (text) => scaled(text, 1000);
  if (format === 'unix-milliseconds') return (text) => scaled(text, 1);
  const pieces: string[] = [];
  let at = 0;
  for (const match of format.matchAll(token)) {
    pieces.push(RegExp.escape(format.slice(at, match.index)), fields[match[0]]!);
    at = match.index + match[0].length;
  }
  pieces.push(RegExp.escape(format.slice(at)));
  const text = pieces.join('');
  if (!text.includes('<year>') || !text.includes('<month>') || !text.includes('<day>')) {
    throw new ConfigurationError(
      `${where}: the date format ${quote(format)} lacks a year, month or day: write iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm`,
    );
  }
  return patternReader(new RegExp(`^${text}$`));
}

function scaled(text: string, factor: number): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value * factor : undefined;
}

function patternReader(pattern: RegExp): DateReader {
  return (text) => {
    const groups = pattern.exec(text.trim())?.groups;
    if (!groups) return undefined;
    const part = (name: string): number => Number(groups[name] ?? 0);
    const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
      part,
    );
    if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
    const date = new Date(0);
    date.setUTCFullYear(year!, month! - 1, day!);
    date.setUTCHours(hour!, minute!, second!);
    return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
  };
}
