// How many rows each stratum gives to a sample, by counts alone: no engine is asked.
import type { SampleRecord } from '../config/lock/lock.ts';
import {
  isNamed,
  lastHash,
  otherValues,
  type Stratum,
  stratumName,
} from '../dataset/sample/sample-strata.ts';
import { stratumQuotas } from '../dataset/sample/stratum-quotas.ts';
import type { SqlColumn } from './dialect.ts';

/** Rows of a stratum by the first two digits of their hashes. */
export interface CountedStratum {
  /** Null: it is missing. `otherValues`: all that are not named. */
  readonly value: string | null;
  readonly counts: ReadonlyMap<string, number>;
}

/** Strata, those that have no name as one. */
export function namedStrata(
  strata: readonly CountedStratum[],
  declared: readonly string[] | undefined,
): CountedStratum[] {
  const named: CountedStratum[] = [];
  const others = new Map<string, number>();
  for (const stratum of strata) {
    if (isNamed(stratum.value, totalOf(stratum), declared)) named.push(stratum);
    else for (const [prefix, count] of stratum.counts) others.set(prefix, (others.get(prefix) ?? 0) + count);
  }
  return others.size === 0 ? named : [...named, { value: otherValues, counts: others }];
}

function totalOf({ counts }: CountedStratum): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** What a stratum gives: so many rows, the last of which has a hash with this beginning and this rank among them. */
export interface StratumShare {
  readonly value: string | null;
  readonly of: number;
  readonly prefix?: string;
  readonly rank?: number;
}

/** What each stratum gives to a sample of so many rows. */
export function stratumShares(strata: readonly CountedStratum[], budget: number): StratumShare[] {
  const totals = strata.map(totalOf);
  const quotas = stratumQuotas(totals, budget);
  return strata.map(({ value, counts }, i) => {
    const share = { value, of: totals[i]! };
    if (quotas[i] === totals[i]) return share;
    let rank = quotas[i]!;
    for (const prefix of [...counts.keys()].sort()) {
      const count = counts.get(prefix)!;
      if (rank <= count) return { ...share, prefix, rank };
      rank -= count;
    }
    return share;
  });
}

/** What the lock is to say of a sample. */
export function recordOf(
  { by }: { readonly by: SqlColumn | undefined },
  budget: number,
  shares: readonly StratumShare[],
  last: ReadonlyMap<string | null, string>,
): SampleRecord {
  return {
    ...{ rows: budget, of: shares.reduce((sum, { of }) => sum + of, 0) },
    ...(by ? { by: by.name } : {}),
    strata: shares.map(({ value, of, prefix }): Stratum => {
      const upTo = prefix === undefined ? lastHash : (last.get(value) ?? lastHash);
      return { ...(by ? stratumName(value) : {}), of, upTo };
    }),
  };
}
