import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import type { Interval } from '../evaluation/judged-values.ts';
import type { SliceResult } from '../evaluation/metric-result.ts';
import type { ChampionComparison } from '../intervals/champion-comparison.ts';
import type { Estimate } from '../intervals/estimate.ts';
import { doubtOf, type GoodSide, outcomeOf, outcomeSentence } from './gate-outcome.ts';

/** What gates look at. */
export interface GatesInput {
  readonly validate: ValidateConfig;
  /** Number of judged rows. */
  readonly rows: number;
  /** Absent where rows were held out. */
  readonly outOfFold?: Evaluation['outOfFold'] | undefined;
  /** By what intervals of differences are lengthened: see `outOfFoldFactor`; default 1. */
  readonly factor?: number;
  /** This model on the judged rows. */
  readonly estimates: ReadonlyMap<MetricKey, Estimate>;
  /** The naive model on the same resamples, for the metrics that a gate compares with it. */
  readonly baseline?: ReadonlyMap<MetricKey, Estimate>;
  /** This model on its training rows; null where undefined. */
  readonly train?: ReadonlyMap<MetricKey, number | null>;
  readonly comparison?: ChampionComparison;
  /** With the anchor; absent where it is not known which version that is. */
  readonly anchor?: ChampionComparison;
  readonly slices: readonly SliceResult[];
}

/** Which gate, and what it asks, as a person says it. */
export interface DeclaredGate extends Pick<GateResult, 'index' | 'metric' | 'kind' | 'of' | 'declared'> {
  readonly metric: MetricKey;
}

/** How a gate is judged, and on how many rows. */
export interface GateRules {
  readonly validate: Pick<ValidateConfig, 'inconclusive' | 'bootstrap'>;
  readonly rows: number;
}

/** A gate whose quantity was measured. */
export function measuredGate(
  gate: DeclaredGate,
  interval: Interval,
  bound: number,
  side: GoodSide,
  rows: number,
): GateResult {
  const { value, low, high } = interval;
  const doubt = doubtOf(interval, bound, side);
  return {
    ...gate,
    bound,
    measured: value,
    low,
    high,
    outcome: outcomeOf(interval, bound, side),
    ...(doubt === undefined ? {} : { doubt }),
    message: outcomeSentence(interval, bound, side, rows),
  };
}

/** A gate whose quantity could not be measured. */
export function unmeasuredGate(
  gate: DeclaredGate,
  bound: number | null,
  outcome: 'inconclusive' | 'not-applicable',
  message: string,
): GateResult {
  const doubt = outcome === 'inconclusive' ? { doubt: 'unmeasured' as const } : {};
  return { ...gate, bound, measured: null, low: null, high: null, outcome, ...doubt, message };
}
