import type { SampleRecord } from '../../config/lock/lock.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';

/** More values than this are none that rows are told apart by. */
export const mostStrata = 1000;

/** The last hash: rows up to it are all rows. */
export const lastHash = 'f'.repeat(13);

/** A stratum of a sample, as ciclo.lock has it. */
export type Stratum = SampleRecord['strata'][number];

/** What stands for all values that are not named; no text of a table is this. */
export const otherValues = '\u001d';

/** Which stratum it is: a value, null for a missing one, {@link otherValues}. */
export function stratumValue({ value, others }: Pick<Stratum, 'value' | 'others'>): string | null {
  return others ? otherValues : (value ?? null);
}

/** How the lock calls a stratum. */
export function stratumName(value: string | null): Pick<Stratum, 'value' | 'others'> {
  return value === otherValues ? { others: true } : { value };
}

/**
 * Whether the lock names a value. Like all that leaves a machine it names none that fewer rows have than are published, unless
 * ciclo.yml names it: such values are a stratum together.
 */
export function isNamed(value: string | null, rows: number, declared: readonly string[] = []): boolean {
  return value === null || rows >= fewestPublishedRows || declared.includes(value);
}

/** By value, a missing one last. */
export function byStratumValue(
  a: Pick<Stratum, 'value' | 'others'>,
  b: Pick<Stratum, 'value' | 'others'>,
): number {
  const [one, other] = [stratumValue(a), stratumValue(b)];
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
