import { dateFormatsOf, looksLikeDate } from '../values/date-candidates.ts';
import { dateReader } from '../values/date-format.ts';
import { isoTime } from '../values/date-texts.ts';
import type { Reading, Readings } from './reading.ts';
import { rowsWhere, type TextCounts } from './text-counts.ts';

/** Texts that formats are taken from. */
const looked = 200;

const iso: Reading = { type: 'date', format: 'iso', read: (text) => isoTime(text.trim()) };

/** A format as a reading. */
export function readingAs(format: string): Reading {
  const read = dateReader(format, 'format');
  return { type: 'date', format, read: (text) => read(text) };
}

/**
 * In which formats the texts of a column are dates. Days and months that fit both ways round give two readings.
 * ISO 8601 dates have a day here: `2026-03` without a day may be a season or a number.
 */
export function dateReadings(counts: TextCounts): Readings {
  const { texts, present } = counts;
  const like = rowsWhere(counts, (text) => isIso(text) || looksLikeDate(text.trim()) || isBasic(text.trim()));
  if (like * 2 <= present) return { kind: 'none' };
  const formats = new Set(texts.slice(0, looked).flatMap((text) => dateFormatsOf(text.trim())));
  const readings = [
    { ...iso, read: (text: string) => (isIso(text) ? iso.read(text) : undefined) },
    ...[...formats].map(readingAs),
  ];
  const rows = readings.map((reading) => rowsWhere(counts, (text) => reading.read(text) !== undefined));
  const best = Math.max(...rows);
  const fitting = readings.filter((_, i) => rows[i] === best);
  if (best === present) {
    // Formats of one order differ by what they allow, not by what they mean.
    const different = differentDates(withoutUnlikelyYears(fitting, texts), texts);
    return different.length === 1
      ? { kind: 'one', reading: different[0]! }
      : { kind: 'several', readings: different };
  }
  return best * 2 > present ? { kind: 'most', reading: fitting[0]! } : { kind: 'unread' };
}

const isIso = (text: string): boolean => text.trim().length >= 10 && isoTime(text.trim()) !== undefined;
const isBasic = (text: string): boolean => /^\d{8}T\d{4}/.test(text);

/**
 * Readings, no two of which mean the same. `05/05/2024` is the same day both ways round: two orders that agree on every
 * text still are two readings, since the next text may tell them apart.
 */
function differentDates(readings: readonly Reading[], texts: readonly string[]): Reading[] {
  const kept: Reading[] = [];
  for (const reading of readings) {
    const isNew = kept.every(
      (other) =>
        orderOf(other) !== orderOf(reading) || texts.some((text) => other.read(text) !== reading.read(text)),
    );
    if (isNew) kept.push(reading);
  }
  return kept;
}

/**
 * Two digits in front are hardly ever a year. They are one where that gives at most half as many different years as the
 * other orders give.
 */
function withoutUnlikelyYears(readings: readonly Reading[], texts: readonly string[]): readonly Reading[] {
  const yearsOf = (reading: Reading): number =>
    new Set(texts.map((text) => new Date(reading.read(text)!).getUTCFullYear())).size;
  const isShortYearFirst = ({ format }: Reading): boolean => /^(?:EEE\W+)?yy(?!yy)/.test(format ?? '');
  const others = readings.filter((reading) => !isShortYearFirst(reading));
  if (others.length === 0 || others.length === readings.length) return readings;
  const fewest = Math.min(...others.map(yearsOf));
  return readings.filter((reading) => !isShortYearFirst(reading) || yearsOf(reading) * 2 <= fewest);
}

/** `dMy` of d/M/yyyy; ISO dates are `yMd`. */
function orderOf({ format }: Reading): string {
  if (format === undefined || format === 'iso') return 'yMd';
  return (format.match(/y|M|d/g) ?? []).filter((letter, i, all) => all.indexOf(letter) === i).join('');
}
