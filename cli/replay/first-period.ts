import { ConfigurationError } from '../../shared/platform/errors.ts';

/** Where a replay may begin. */
export interface FirstPeriod {
  /** Names of the periods in the data, the oldest first. */
  readonly periods: readonly string[];
  /** The event time at which ciclo.lock ends, where it says one. */
  readonly locked: string | undefined;
  /** The period that `--first` names. */
  readonly asked: string | undefined;
}

/**
 * The last period that the first model is trained on: the one that is asked for; else the one at which the lock ends, where others
 * come after it; else a third of all. A lock that was just made holds all rows, and says nothing of where to begin.
 *
 * @throws ConfigurationError for a period that is not there, or after which nothing comes.
 */
export function firstPeriod({ periods, locked, asked }: FirstPeriod): string {
  if (periods.length < 2) {
    throw new ConfigurationError(
      `the data has ${periods.length === 0 ? 'no period' : `one period alone, ${periods[0]}`}, and replay needs two or more: one to train on, and one that arrives`,
    );
  }
  if (asked !== undefined) {
    const index = periods.indexOf(asked);
    if (index < 0) {
      throw new ConfigurationError(
        `--first ${asked}: the data has no such period; it has ${listed(periods)}`,
      );
    }
    if (index === periods.length - 1) {
      throw new ConfigurationError(
        `--first ${asked}, the last period of the data, so that nothing comes after it: choose an earlier one; there are ${listed(periods)}`,
      );
    }
    return asked;
  }
  const end = periods.slice(0, -1).find((period) => period === locked || locked?.startsWith(`${period}-`));
  return end ?? periods[Math.floor((periods.length - 1) / 3)]!;
}

function listed(periods: readonly string[]): string {
  return periods.length <= 12
    ? periods.join(', ')
    : `${periods.slice(0, 6).join(', ')} … ${periods.slice(-3).join(', ')}`;
}
