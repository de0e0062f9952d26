import { ConfigurationError, quote } from '../platform/errors.ts';
import type { CountedRows } from './dialect.ts';

/** A name of a column in double quotes, as all three engines have it. */
export function quotedIdentifier(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw new ConfigurationError(`the column ${quote(name)} cannot be named in SQL: give it another name`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in single quotes, backslashes being themselves: the standard's literal. */
export function quotedText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * One statement of the user's as the rows of a subquery.
 *
 * The line break ends a comment that the statement may end with.
 */
export function subquery(query: string): string {
  return `(${query.replace(/[\s;]+$/, '')}\n) AS ${sourceAlias}`;
}

/** A SELECT of the rows that are counted. */
export function selectOf(columns: readonly string[], { query, where }: CountedRows): string {
  const conditions = where.length === 0 ? '' : ` WHERE ${where.map((one) => `(${one})`).join(' AND ')}`;
  return `SELECT ${columns.join(', ')} FROM ${subquery(query)}${conditions}`;
}

/** What the rows of a query are called. */
export const sourceAlias = 'rows_of_source';

/** The characters that JavaScript's `String.prototype.trim` takes away: white space and line ends of ECMA-262. */
export const whiteSpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** Digits that tell a double from its neighbours, with an exponent: engines read such a literal as a double. */
export function doubleDigits(value: number): string {
  // -0 is 0.
  return (value + 0).toExponential();
}

/** Hex digits that a hash of a text has: 52 bits, as many as a double holds. */
export const hashDigits = 13;
