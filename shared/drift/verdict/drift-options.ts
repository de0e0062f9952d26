import type { Effect } from '../report/drift-report.ts';

/** How a check for drift is made; the defaults are those of `monitor.drift` in ciclo.yml. */
export interface DriftOptions {
  /** Chance, at the most, that a check alarms where nothing has changed. Default 0.05. */
  readonly falseAlarmRate?: number;
  /** The least effect that matters, from which every floor follows. Default 0.1. */
  readonly minEffect?: number;
  /** Weight of drifted features from which on the table has drifted. Default 0.3. */
  readonly share?: number;
  /** Fewer rows a side are not enough data. Default 30. */
  readonly minRows?: number;
  /** Most permutations of a test. Default 9,999, or more where there are very many columns. */
  readonly permutations?: number;
  readonly seed?: number | string;
  /** The part of the false-alarm rate that a measured performance takes. Default none. */
  readonly performance?: number;
  /** Checks in a year, for the expected number of false alarms. */
  readonly checksPerYear?: number;
}

export type DriftSettings = Required<Omit<DriftOptions, 'performance' | 'checksPerYear'>> &
  Pick<DriftOptions, 'performance' | 'checksPerYear'>;

/** Fills in the defaults. */
export function driftSettings(options: DriftOptions): DriftSettings {
  return {
    falseAlarmRate: 0.05,
    minEffect: 0.1,
    share: 0.3,
    minRows: 30,
    permutations: 9999,
    seed: 1,
    ...options,
  };
}

/** The floor of each effect: `min-effect`, of missing values half of it. */
export function floorsOf(minEffect: number): Record<Effect['name'], number> {
  return {
    'wasserstein-normalised': minEffect,
    ks: minEffect,
    'jensen-shannon-distance': minEffect,
    'total-variation': minEffect,
    'missing-share': minEffect / 2,
  };
}
