import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import { meaningOfDrift } from '../../shared/drift/report/drift-outcomes.ts';
import { performancePart } from '../../shared/drift/verdict/error-budget.ts';

/** What earlier checks of the version in production mean for this one. */
export interface EarlierChecks {
  /** Which check of this version this is, from 1; checks whose rows are looked at again do not count. */
  readonly check: number;
  /** End of the last window that was decided on, as a window's end is written. */
  readonly decided: string | undefined;
}

/** Reads the history of a version's checks. @param model `v1.2.0`; null when nothing is in production. */
export function earlierChecks(history: readonly HistoryLine[], model: string | null): EarlierChecks {
  const own = history.filter((line) => line.model === model && meaningOfDrift(line.outcome).settles);
  return { check: own.length + 1, decided: own.at(-1)?.window.until ?? undefined };
}

/** The false-alarm rate of one check. */
export interface CheckRates {
  /** Of all that it looks at. */
  readonly check: number;
  /** The part of a measured performance; absent where none is measured. */
  readonly performance?: number;
}

/**
 * The false-alarm rate of one check. Where every row is looked at once, the checks are of different rows and each has the
 * whole rate. Where rows are looked at again, the k-th check of a version has 6 / (π² k²) of what is for the data, so that all
 * checks of the version together raise a false alarm at most as often as declared (alpha spending: the parts add up to
 * one). The performance's part is never divided: it covers all looks of a version by itself (`scanWidth`).
 */
export function checkRates(
  rate: number,
  { check, again, measured }: { readonly check: number; readonly again: boolean; readonly measured: boolean },
): CheckRates {
  const part = performancePart(rate);
  const own = measured ? { performance: part } : {};
  if (!again) return { check: rate, ...own };
  const data = ((rate - part) * 6) / (Math.PI * check) ** 2;
  return { check: measured ? data + part : data, ...own };
}
