import type pg from 'pg';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { TypedValue, ValueKind } from '../value-column.ts';

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

/** Values as PostgreSQL writes them: they are parsed by column type here. */
export const asText: pg.CustomTypesConfig = {
  getTypeParser: () => (value: string | Buffer) => String(value),
};

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

/** Types that come as texts of several values, or of one in a notation of PostgreSQL's, and what to write for a value of them. */
const composed: Readonly<Record<number, readonly [type: string, remedy: (column: string) => string]>> = {
  114: ['json', (column) => `${column}->>'name'`],
  3802: ['jsonb', (column) => `${column}->>'name'`],
  790: ['money', (column) => `${column}::numeric`],
  1186: ['interval', (column) => `extract(epoch FROM ${column})`],
};

/** Object ids of the arrays of pg_type.dat's types. */
const arrays: ReadonlySet<number> = new Set([
  ...[
    143, 199, 271, 629, 651, 719, 775, 791, 1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011,
  ],
  ...[
    1012, 1013, 1014, 1015, 1016, 1017, 1018, 1019, 1020, 1021, 1022, 1027, 1028, 1034, 1040, 1041, 1115,
    1182,
  ],
  ...[
    1183, 1185, 1187, 1231, 1263, 1270, 1561, 1563, 2201, 2207, 2208, 2209, 2210, 2211, 2949, 2951, 3221,
    3643,
  ],
  ...[3644, 3645, 3735, 3770, 3807, 3905, 3907, 3909, 3911, 3913, 3927, 4073, 4090, 4097],
]);

/** What there is to say of a type whose values come as texts, though they are none. */
export function remarkOnType(oid: number, column: string): string | undefined {
  const [type, remedy] = arrays.has(oid)
    ? (['an array', (name: string) => `${name}[1], or cardinality(${name})`] as const)
    : (composed[oid] ?? []);
  if (type === undefined || remedy === undefined) return undefined;
  const article = arrays.has(oid) ? type : `of type ${type}`;
  return `data.source.query: column ${column} is ${article}, which is read as text; for what is in it write ${remedy(column)}`;
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
