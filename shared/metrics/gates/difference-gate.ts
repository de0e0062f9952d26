import type { GateConfig, ValidateConfig } from '../../config/sections/validate-section.ts';
import { gainOf } from '../descriptors/direction.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import { holdsAbove } from '../evaluation/gate-side.ts';
import { combineEstimates, type Estimate, mapEstimate } from '../intervals/estimate.ts';
import { measured } from '../intervals/measured.ts';
import { metricOf } from '../registry/registry.ts';
import type { GoodSide } from './gate-outcome.ts';
import { type DeclaredGate, measuredGate, unmeasuredGate } from './gate-parts.ts';
import { withPower } from './gate-power.ts';

/** By how much two values may, or must, differ: an amount, or a share of the reference's value. */
export type Tolerance = NonNullable<GateConfig['train-gap']>['at-most'];

/** Two values of a metric whose difference is judged. */
interface Pair {
  readonly own: Estimate;
  readonly reference: Estimate;
  /** Whose value `reference` is: `the champion`. */
  readonly of: string;
  /** Number of rows on which both were measured. */
  readonly rows: number;
}

/**
 * Judges the paired difference, not two intervals apart: what both models find hard cancels.
 *
 * A relative tolerance x moves with the reference, so that what is judged is difference − x · |reference|, resample by
 * resample, against 0. It is shown at the reference's own value: bound = x · |reference|, and the interval is that of
 * the judged quantity, moved by the bound.
 */
export function differenceGate(
  gate: DeclaredGate,
  pair: Pair,
  tolerance: Tolerance,
  validate: ValidateConfig,
): GateResult {
  if ('value' in pair.own.value && !('value' in pair.reference.value)) {
    const reason = pair.reference.value.undefined;
    const message = `It cannot be measured: ${gate.metric} of ${pair.of} is undefined, because ${reason}.`;
    return unmeasuredGate(gate, absolute(tolerance), 'inconclusive', message);
  }
  const gain = gainOf(metricOf(gate.metric).better);
  const { rows } = pair;
  const rules = { validate, rows };
  const above = holdsAbove(gate.kind);
  const side: GoodSide = above ? 'at least' : 'at most';
  const difference = combineEstimates(pair.own, pair.reference, (own, reference) =>
    above ? gain(own, reference) : -gain(own, reference),
  );
  if (!tolerance.relative) {
    const interval = measured(difference, validate.bootstrap);
    return withPower(measuredGate(gate, interval, tolerance.amount, side, rows), rules);
  }
  const allowed = mapEstimate(pair.reference, (reference) => tolerance.amount * Math.abs(reference));
  const beyond = measured(
    combineEstimates(difference, allowed, (a, b) => a - b),
    validate.bootstrap,
  );
  const judged = measuredGate(gate, beyond, 0, side, rows);
  const bound = 'value' in allowed.value ? allowed.value.value : null;
  const of = 'value' in pair.reference.value ? Math.abs(pair.reference.value.value) : null;
  const shown = (value: number | null) => (value === null || bound === null ? null : value + bound);
  const result = {
    ...judged,
    bound,
    measured: shown(judged.measured),
    low: shown(judged.low),
    high: shown(judged.high),
    ...(of === null ? {} : { relative: { bound: tolerance.amount, of } }),
  };
  return withPower(result, rules);
}

/** A bound that is known without anything measured. */
export function absolute({ amount, relative }: Tolerance): number | null {
  return relative ? null : amount;
}
