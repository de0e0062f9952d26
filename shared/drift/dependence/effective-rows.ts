import type { RowsPerRow } from './dependent-columns.ts';

/** Rows of both sides that count for a test: those that there are, or fewer where they depend on each other. */
export interface EffectiveShares {
  /** Effective rows for each row of the reference, above 0 and at most 1. */
  readonly reference: number;
  readonly current: number;
}

export const allRows: EffectiveShares = { reference: 1, current: 1 };

/** What each kind of test of a column counts. */
export interface EffectiveRows {
  readonly values: EffectiveShares;
  readonly missing: EffectiveShares;
  /** For changes of structure: what the reference does is what is usual, and a sensor that is stuck is no dependence. */
  readonly structure: EffectiveShares;
  readonly missingStructure: EffectiveShares;
  /** Whether values grow, or fall, with time by their nature, so that new ones are always apart. */
  readonly moving: boolean;
}

export const independentRows: EffectiveRows = {
  values: allRows,
  missing: allRows,
  structure: allRows,
  missingStructure: allRows,
  moving: false,
};

/** Rank correlation with time from which on values are taken to grow, or fall, by their nature. */
const steady = 0.9;

/** What is known of a column's dependence on both sides. */
export interface MeasuredDependence {
  readonly by: 'time' | 'group';
  readonly reference: RowsPerRow | undefined;
  readonly current: RowsPerRow | undefined;
}

/**
 * A side that is not measured is taken to be as the other one. The reference's rows may be every second or third of the series;
 * so the current rows, which are all of it, are at least as alike as the reference's, whatever a short series says.
 */
export function effectiveRows({ by, reference, current }: MeasuredDependence): EffectiveRows {
  const sharesOf = (kind: 'values' | 'missing'): EffectiveShares => {
    const before = reference?.[kind] ?? current?.[kind] ?? 1;
    const now = current?.[kind] ?? before;
    return { reference: 1 / before, current: 1 / (by === 'time' ? Math.max(now, before) : now) };
  };
  const usual = (kind: 'values' | 'missing'): EffectiveShares => {
    const share = 1 / (reference?.[kind] ?? current?.[kind] ?? 1);
    return { reference: share, current: share };
  };
  return {
    values: sharesOf('values'),
    missing: sharesOf('missing'),
    structure: usual('values'),
    missingStructure: usual('missing'),
    moving: Math.abs((reference ?? current)?.trend ?? 0) >= steady,
  };
}

/** A number of rows as tests count them: whole, and at least one. */
export function wholeRows(rows: number, share: number): number {
  return share === 1 ? rows : Math.max(1, Math.round(rows * share));
}
