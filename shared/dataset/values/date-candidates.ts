import { monthOfName } from './month-names.ts';

const dateOrders = [
  ['y', 'M', 'd'],
  ['d', 'M', 'y'],
  ['M', 'd', 'y'],
] as const;

const clock =
  /^(?<gap>[T ]|, ?| at )(?<hour>\d{1,2}):(?<minute>\d{2})(?<second>:\d{2})?(?<fraction>[.,]\d{1,9})?(?<half> ?[ap]\.?m\.?)?(?<zone> ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/i;
const basicClock = /^T(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?$/;
const written =
  /^(?<weekday>[A-Za-z]{2,9}(?<dot>[.,]{0,2}) )?(?<a>\d{1,4}|[A-Za-z]{3,9}\.?)(?<s>[-/. ]|, ?|\. )(?<b>\d{1,2}|[A-Za-z]{3,9}\.?)(?<t>[-/. ]|, ?|\. )(?<c>\d{4}|\d{1,2})(?<rest>\D.*)?$/;
const basic = /^\d{8}(?<rest>T.*)?$/;

/**
 * The formats, in the letters of `dateReader`, in which a text may be a date: one for each order of day, month and year
 * that its parts allow. None when it does not look like a date.
 */
export function dateFormatsOf(text: string): string[] {
  const compact = basic.exec(text);
  if (compact) {
    const rest = compact.groups!.rest;
    const time = rest === undefined ? '' : basicTime(rest);
    return time === undefined ? [] : [`yyyyMMdd${time}`];
  }
  const groups = written.exec(text)?.groups;
  if (!groups) return [];
  const time = groups.rest === undefined ? '' : clockTime(groups.rest);
  if (time === undefined) return [];
  const weekday = groups.weekday === undefined ? '' : `EEE${groups.dot} `;
  const parts = [groups.a!, groups.b!, groups.c!];
  return dateOrders.flatMap((order) => {
    const fields = order.map((field, i) => fieldOf(field, parts[i]!));
    if (fields.includes(undefined)) return [];
    return [`${weekday}${fields[0]}${groups.s}${fields[1]}${groups.t}${fields[2]}${time}`];
  });
}

function fieldOf(field: 'y' | 'M' | 'd', part: string): string | undefined {
  const digits = /^\d+$/.test(part);
  if (field === 'y') {
    if (!digits) return undefined;
    return part.length === 4 ? 'yyyy' : part.length === 2 ? 'yy' : undefined;
  }
  if (field === 'd') return digits && part.length <= 2 ? 'd' : undefined;
  if (digits) return part.length <= 2 ? 'M' : undefined;
  const name = part.replace(/\.$/, '');
  const dot = part.endsWith('.') ? '.' : '';
  if (monthOfName(name) === undefined) return undefined;
  return `MMMM${dot}`;
}

function clockTime(rest: string): string | undefined {
  const groups = clock.exec(rest)?.groups;
  if (!groups) return undefined;
  const { gap, second, fraction, half, zone } = groups;
  const between = gap!.replace(/[a-z]+/i, (letters) => (letters === 'T' ? 'T' : `'${letters}'`));
  const hour = half === undefined ? 'H' : 'h';
  const point = fraction === undefined ? '' : `${fraction[0]}SSS`;
  const am = half === undefined ? '' : half.startsWith(' ') ? ' a' : 'a';
  return `${between}${hour}:mm${second === undefined ? '' : ':ss'}${point}${am}${zoneOf(zone)}`;
}

function basicTime(rest: string): string | undefined {
  const groups = basicClock.exec(rest)?.groups;
  if (!groups) return undefined;
  return `THHmm${groups.second === undefined ? '' : 'ss'}${zoneOf(groups.zone)}`;
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return '';
  const gap = zone.startsWith(' ') ? ' ' : '';
  const name = zone.trim();
  if (/^(utc|gmt)$/i.test(name)) return `${gap}'${name}'`;
  return `${gap}${name.includes(':') ? 'XXX' : name === 'Z' ? 'X' : name.length === 3 ? 'X' : 'XX'}`;
}

const signs: readonly RegExp[] = [
  // Quarters and weeks.
  /^\d{4}[- /]?[QWK]\d{1,2}$/i,
  /^[QWK]\d{1,2}[- /]?\d{2,4}$/i,
  // Times of day.
  /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$/i,
  // Day, month and year in numbers, in whatever order.
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?:[ T,].*)?$/,
  // A month's name, in whatever language, between numbers.
  /^(?:\p{L}{2,10}[.,]{0,2} )?\d{1,2}(?:st|nd|rd|th|\.)?[-/ ] ?\p{L}{3,10}\.?[-/, ]+(?:\d{4}|\d{2})(?:\D.*)?$/iu,
  /^(?:\p{L}{2,10}[.,]{0,2} )?\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}(?:\D.*)?$/iu,
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[- ]?'?\d{2,4}$/i,
];

/** Whether a text looks like a date or a time, whether or not `dateReader` has a format for it. */
export function looksLikeDate(text: string): boolean {
  return text.length >= 5 && text.length <= 64 && signs.some((sign) => sign.test(text));
}
