import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { TypedValue, ValueKind } from '../columns/value-column.ts';

/** How a type of PostgreSQL is read: object ids of pg_type.dat, which never change. */
const kinds: Readonly<Record<number, ValueKind>> = {
  16: 'boolean',
  20: 'number', // int8
  21: 'number', // int2
  23: 'number', // int4
  26: 'number', // oid
  700: 'number', // float4
  701: 'number', // float8
  1700: 'number', // numeric
  1082: 'date',
  1114: 'date', // timestamp
  1184: 'date', // timestamptz
};
const byteArray = 17;
/** char(n), which is filled up with blanks to its width when it is sent. */
const filledUp = 1042;
/** Types of texts, and those that are written in one way only: text, varchar, char, name, uuid, time, and texts without a type. */
const texts: ReadonlySet<number> = new Set([18, 19, 25, 705, 1042, 1043, 2950, 1083, 1266]);

/**
 * What a column's values become; all that is neither number, boolean nor date is PostgreSQL's own text.
 *
 * @throws ConfigurationError for a column of bytes.
 */
export function kindOfType(oid: number, column: string): ValueKind {
  if (oid === byteArray) {
    throw new ConfigurationError(
      `data.source.query: column ${column} is of type bytea, which a table cannot hold; leave it out, ` +
        `or write encode(${column}, 'hex')`,
    );
  }
  return kinds[oid] ?? 'text';
}

/** Whether values are kept as PostgreSQL writes them, and may be something else than texts. */
export function isWrittenOut(oid: number): boolean {
  return kinds[oid] === undefined && !texts.has(oid);
}

/**
 * A value as PostgreSQL compares it. The blanks that fill char(n) up are no part of it:
 * <https://www.postgresql.org/docs/15/datatype-character.html>. In SQL a cast to text takes them away.
 *
 * @param oid the column's type.
 */
export function withoutFilling(text: string | null, oid: number): string | null {
  if (text === null || oid !== filledUp) return text;
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end--;
  return text.slice(0, end);
}

/**
 * A value from its text. NaN is missing; a whole number beyond ±2^53 stays text; instants without a zone are
 * taken as UTC and floored to milliseconds.
 *
 * @throws ConfigurationError for a date before the year 1 or at infinity.
 */
export function valueOfText(text: string | null, kind: ValueKind, column: string): TypedValue {
  if (text === null) return null;
  switch (kind) {
    case 'boolean':
      return text === 't';
    case 'number':
      return numberOf(text);
    case 'date':
      return dateOf(text, column);
    default:
      return text;
  }
}

function numberOf(text: string): number | string | null {
  if (text === 'NaN') return null;
  const value = Number(text);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && /^-?\d+$/.test(text) ? text : value;
}

const instant = /^(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(?:\+00)?$/;

function dateOf(text: string, column: string): Date {
  const match = instant.exec(text);
  if (match) {
    const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
    const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
    const date = new Date(0);
    date.setUTCFullYear(year!, month! - 1, day!);
    date.setUTCHours(hour!, minute!, second!, milliseconds);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw new ConfigurationError(
    `data.source.query: column ${column} holds the date ${quote(text)}, which a table cannot hold; ` +
      `leave such rows out, or write NULLIF(${column}, '${text}')`,
  );
}
