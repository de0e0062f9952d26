import { ConfigurationError, quote } from '../../platform/errors.ts';
import { largestTime } from './date-parts.ts';
import { parseIsoDate } from './iso-date.ts';
import { numberOfText } from './number-text.ts';

/** Reads a text as milliseconds since 1970; undefined when it is no such date. */
export type DateReader = (text: string) => number | undefined;

const fields: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<millisecond>\\d{3})',
  XXX: '(?<offset>Z|[+-]\\d{2}:\\d{2})',
};
const examples = 'iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm';

/**
 * A reader of dates in a declared format: `iso` (ISO 8601; UTC where no offset is given), `unix-seconds`,
 * `unix-milliseconds`, or a pattern in the letters of Unicode's date patterns (UTS 35): yyyy, MM or M, dd or d, HH or
 * H, mm, ss, SSS, and XXX for an offset (`Z`, `+02:00`); T and all that is no letter stand for themselves. Without an
 * offset it is UTC. The whole text must match, and days that do not exist are refused.
 *
 * @param where the key path that the format is written at, for messages.
 * @throws ConfigurationError for other letters, a field given twice, and a pattern without year, month or day.
 */
export function dateReader(format: string, where: string): DateReader {
  if (format === 'iso') return parseIsoDate;
  if (format === 'unix-seconds') return (text) => timeOf(numberOfText(text) * 1000);
  if (format === 'unix-milliseconds') return (text) => timeOf(numberOfText(text));
  return patternReader(new RegExp(`^${patternOf(format, where)}$`));
}

/** A time that a date can hold, in whole milliseconds. */
function timeOf(milliseconds: number): number | undefined {
  return Math.abs(milliseconds) <= largestTime ? Math.floor(milliseconds) : undefined;
}

function patternOf(format: string, where: string): string {
  const refuse = (problem: string): ConfigurationError =>
    new ConfigurationError(`${where}: the date format ${quote(format)} ${problem}; write ${examples}`);
  const seen = new Set<string>();
  const pattern = format.replace(/([A-Za-z])\1*|[^A-Za-z]+/g, (run) => {
    if (run === 'T') return run;
    if (!/[A-Za-z]/.test(run)) return RegExp.escape(run);
    const field = fields[run];
    if (field === undefined)
      throw refuse(`has ${quote(run)}, which is none of ${Object.keys(fields).join(', ')}`);
    const name = /<(\w+)>/.exec(field)![1]!;
    if (seen.has(name)) throw refuse(`has the ${name} twice`);
    seen.add(name);
    return field;
  });
  const lacking = ['year', 'month', 'day'].filter((name) => !seen.has(name));
  if (lacking.length > 0) throw refuse(`has no ${lacking.join(', no ')}`);
  return pattern;
}

function patternReader(pattern: RegExp): DateReader {
  return (text) => {
    const groups = pattern.exec(text.trim())?.groups;
    if (!groups) return undefined;
    const part = (name: string): string => groups[name] ?? '';
    const two = (name: string): string => part(name).padStart(2, '0');
    // Fields that the pattern lacks are zero; parseIsoDate refuses what does not exist.
    return parseIsoDate(
      `${part('year')}-${two('month')}-${two('day')}T${two('hour')}:${two('minute')}:${two('second')}.${part('millisecond').padStart(3, '0')}${part('offset')}`,
    );
  };
}
