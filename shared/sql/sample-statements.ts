// SQL that draws rows by a hash of their key: the same ones each time, whatever came since.
import type { SampleRecord } from '../config/lock/lock.ts';
import {
  byStratumValue,
  mostStrata,
  otherValues,
  type Stratum,
  stratumValue,
} from '../dataset/sample/sample-strata.ts';
import { numberOf } from './counted-columns.ts';
import type { CountedRows, Dialect, SqlColumn, Statement } from './dialect.ts';
import { subquery } from './quoting.ts';
import { type CountedStratum, namedStrata, type StratumShare } from './stratum-shares.ts';

/** Rows that a sample is drawn of. */
export interface SampledRows {
  readonly dialect: Dialect;
  readonly rows: CountedRows;
  /** Columns of the key, or of the group: what a hash is of. */
  readonly unit: readonly SqlColumn[];
  /** The column whose values are the strata. */
  readonly by: SqlColumn | undefined;
  /** Values of it that ciclo.yml names. */
  readonly declared?: readonly string[] | undefined;
}

/** What stands for a missing value, and ends each one. */
const noValue = '\u001e';

const end = '\u001f';

/** Digits that rows are counted by: few enough for one answer, many enough that what has to be sorted is little. */
const bucketDigits = 2;

const buckets = 16 ** bucketDigits;

function hashOf({ dialect, unit }: SampledRows): string {
  const parts = unit.map((column) => `coalesce(${dialect.asText(column)}, ${dialect.text(noValue)})`);
  return dialect.hash(parts.join(` || ${dialect.text(end)} || `));
}

const missingAsNull = (stratum: string): string | null => (stratum === noValue ? null : stratum);

/** Rows without strata are all of one that has no value. @param strata those that rows are told apart by; default: each value. */
function stratumOf({ dialect, by }: SampledRows, strata: readonly (string | null)[] = []): string {
  if (!by) return dialect.text(noValue);
  const value = `coalesce(${dialect.asText(by)}, ${dialect.text(noValue)})`;
  if (!strata.includes(otherValues)) return value;
  const named = [noValue, ...strata.filter((one) => one !== null && one !== otherValues)] as string[];
  const texts = named.map((text) => dialect.text(text)).join(', ');
  return `CASE WHEN ${value} IN (${texts}) THEN ${value} ELSE ${dialect.text(otherValues)} END`;
}

function whereOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}`;
}

/** Each row's stratum and hash. */
function hashed(sampled: SampledRows, strata?: readonly (string | null)[]): string {
  const { query, where } = sampled.rows;
  return `(SELECT ${stratumOf(sampled, strata)} AS s, ${hashOf(sampled)} AS h FROM ${subquery(query)}${whereOf(where)}) AS hashed`;
}

const prefixOf = (hash: string): string => `substr(${hash}, 1, ${bucketDigits})`;

/** Counts rows by stratum and by the beginnings of their hashes; undefined where there are too many strata. */
export function countStrata(sampled: SampledRows): Statement<readonly CountedStratum[] | undefined> {
  return {
    sql: `SELECT s, ${prefixOf('h')}, count(*) FROM ${hashed(sampled)} GROUP BY s, ${prefixOf('h')} LIMIT ${mostStrata * buckets + 1}`,
    read(answer) {
      const found = new Map<string, Map<string, number>>();
      for (const [stratum, prefix, count] of answer) {
        const counts = found.get(String(stratum)) ?? new Map<string, number>();
        counts.set(String(prefix), numberOf(count));
        found.set(String(stratum), counts);
      }
      if (found.size > mostStrata) return undefined;
      const strata = [...found].map(([text, counts]) => ({ value: missingAsNull(text), counts }));
      return namedStrata(strata, sampled.declared).sort(byStratumValue);
    },
  };
}

/** Finds the last hash of each stratum's share; undefined where all rows are drawn. */
export function lastHashes(
  sampled: SampledRows,
  shares: readonly StratumShare[],
): Statement<ReadonlyMap<string | null, string>> | undefined {
  const cut = shares.filter((share) => share.prefix !== undefined);
  if (cut.length === 0) return undefined;
  const { dialect } = sampled;
  const rows = hashed(
    sampled,
    shares.map(({ value }) => value),
  );
  const prefix = byStratum(dialect, cut, (share) => dialect.text(share.prefix!));
  const rank = byStratum(dialect, cut, (share) => String(share.rank));
  return {
    sql:
      `SELECT s, h FROM (SELECT s, h, row_number() OVER (PARTITION BY s ORDER BY h) AS n FROM ${rows} ` +
      `WHERE ${prefixOf('h')} = ${prefix}) AS ranked WHERE n = ${rank}`,
    read: (answer) =>
      new Map(answer.map(([stratum, hash]) => [missingAsNull(String(stratum)), String(hash)])),
  };
}

/** An expression over `s`: what is said of the row's stratum, NULL for one of which nothing is said. */
function byStratum<S extends Pick<Stratum, 'value' | 'others'>>(
  dialect: Dialect,
  strata: readonly S[],
  said: (stratum: S) => string,
  stratum = 's',
): string {
  const cases = strata.map((one) => `WHEN ${dialect.text(stratumValue(one) ?? noValue)} THEN ${said(one)}`);
  return `CASE ${stratum} ${cases.join(' ')} END`;
}

/**
 * The query whose rows are those of a sample.
 *
 * @param columns all of the user's query. @param ordered put them in the order of their hashes, for an engine whose rows are read as they come.
 */
export function sampledQuery(
  sampled: SampledRows,
  record: SampleRecord,
  { columns, ordered }: { readonly columns: readonly SqlColumn[]; readonly ordered: boolean },
): string {
  const { dialect, by } = sampled;
  const { query, where } = sampled.rows;
  const [only] = record.strata;
  const last = by
    ? byStratum(
        dialect,
        record.strata,
        ({ upTo }) => dialect.text(upTo),
        stratumOf(sampled, record.strata.map(stratumValue)),
      )
    : dialect.text(only?.upTo ?? '');
  const hash = hashOf(sampled);
  const order = ordered
    ? ` ORDER BY ${[hash, ...columns.map((column) => dialect.asText(column))].join(', ')}`
    : '';
  const names = columns.map(({ name }) => dialect.identifier(name)).join(', ');
  return `SELECT ${names} FROM ${subquery(query)}${whereOf([...where, `${hash} <= ${last}`])}${order}`;
}
