import { ConfigurationError, quote } from '../../platform/errors.ts';
import { largestTime } from './date-parts.ts';
import { parseIsoDate } from './iso-date.ts';
import { monthOfName } from './month-names.ts';
import { numberOfText } from './number-text.ts';

/** Reads a text as milliseconds since 1970; undefined when it is not such a date. */
export type DateReader = (text: string) => number | undefined;

const fields: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortyear>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  MMM: '(?<monthname>[A-Za-z]{3,4})',
  MMMM: '(?<monthname>[A-Za-z]{3,9})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  EEE: '(?<weekday>[A-Za-z]{2,9}\\.?)',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour12>\\d{2})',
  h: '(?<hour12>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<millisecond>\\d{1,9})',
  a: '(?<half>[AaPp]\\.?[Mm]\\.?)',
  X: '(?<offset>Z|[+-]\\d{2}(?:\\d{2})?)',
  XX: '(?<offset>Z|[+-]\\d{4})',
  XXX: '(?<offset>Z|[+-]\\d{2}:\\d{2})',
};
/** Fields that say the same thing in two ways: a pattern has one of each. */
const meanings: Readonly<Record<string, string>> = {
  shortyear: 'year',
  monthname: 'month',
  hour12: 'hour',
};
const examples = 'iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm';

/**
 * A reader of dates in a declared format: `iso` (ISO 8601; UTC where no offset is given), `unix-seconds`,
 * `unix-milliseconds`, or a pattern in the letters of Unicode's date patterns (UTS 35): yyyy or yy (69 to 99 are in the
 * 20th century, 00 to 68 in the 21st, as POSIX has it), MM, M, MMM or MMMM (English names), dd or d, EEE (a weekday,
 * which is not checked), HH or H, hh or h with a (am, pm), mm, ss, SSS, and X, XX or XXX for an offset (`Z`, `+02`,
 * `+0200`, `+02:00`). T, letters in apostrophes and all that is not a letter stand for themselves. Without an offset it is
 * UTC. The whole text must match, and days that do not exist are refused.
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
  const pattern = format.replace(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g, (run, literal?: string) => {
    if (literal !== undefined) return RegExp.escape(literal === '' ? "'" : literal);
    if (run === 'T') return run;
    if (!/[A-Za-z]/.test(run)) return RegExp.escape(run);
    const field = fields[run];
    if (field === undefined)
      throw refuse(`has ${quote(run)}, which is none of ${Object.keys(fields).join(', ')}`);
    const group = /<(\w+)>/.exec(field)![1]!;
    const name = meanings[group] ?? group;
    if (seen.has(name)) throw refuse(`has the ${name} twice`);
    seen.add(name);
    return field;
  });
  const lacking = ['year', 'month', 'day'].filter((name) => !seen.has(name));
  if (lacking.length > 0) throw refuse(`has no ${lacking.join(', no ')}`);
  if (/<hour12>/.test(pattern) !== /<half>/.test(pattern)) {
    throw refuse('has h without a, or a without h: twelve hours need am or pm');
  }
  return pattern;
}

function patternReader(pattern: RegExp): DateReader {
  return (text) => {
    const groups = pattern.exec(text.trim())?.groups;
    if (!groups) return undefined;
    const part = (name: string): string => groups[name] ?? '';
    const two = (written: string | number): string => String(written).padStart(2, '0');
    const month = groups.monthname === undefined ? part('month') : (monthOfName(groups.monthname) ?? 0);
    const day = `${yearOf(groups)}-${two(month)}-${two(part('day'))}`;
    const clock = `${two(hourOf(groups))}:${two(part('minute'))}:${two(part('second'))}`;
    // Fields that the pattern lacks are zero; parseIsoDate refuses what does not exist.
    return parseIsoDate(`${day}T${clock}.${part('millisecond') || '0'}${offsetOf(part('offset'))}`);
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

function yearOf({ year, shortyear }: Groups): string {
  if (shortyear === undefined) return year!;
  return `${Number(shortyear) >= 69 ? '19' : '20'}${shortyear}`;
}

/** Twelve is the first hour of either half of the day; hours that no clock shows become 99, which no day has. */
function hourOf({ hour, hour12, half }: Groups): number | string {
  if (hour12 === undefined) return hour ?? '';
  const shown = Number(hour12);
  if (shown < 1 || shown > 12) return 99;
  return (shown % 12) + (half!.toLowerCase().startsWith('p') ? 12 : 0);
}

/** `+02` as `+0200`, which parseIsoDate knows. */
function offsetOf(offset: string): string {
  return /^[+-]\d{2}$/.test(offset) ? `${offset}00` : offset;
}
