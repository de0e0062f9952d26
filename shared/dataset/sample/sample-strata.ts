import type { SampleRecord } from '../../config/lock/lock.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';

/** More values than this are none that rows are told apart by. */
export const mostStrata = 1000;

/** The last hash: rows up to it are all rows. */
export const lastHash = 'f'.repeat(13);

/** A stratum of a sample, as ciclo.lock has it. */
export type Stratum = SampleRecord['strata'][number];

/** By value, a missing one last. */
export function byStratumValue(a: Pick<Stratum, 'value'>, b: Pick<Stratum, 'value'>): number {
  const [one, other] = [a.value ?? null, b.value ?? null];
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}

/** The error of a column with too many values. */
export function tooManyStrata(name: string): ConfigurationError {
  return new ConfigurationError(
    `data.sample: column ${quote(name)} has more than ${mostStrata.toLocaleString('en-US')} different values, too many to keep the share of each; name another column in data.sample.by`,
  );
}
