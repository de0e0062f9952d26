import { normalCumulative, normalQuantile } from '../../algebra/normal-distribution.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import { holdsAbove } from '../evaluation/gate-side.ts';
import { consequenceOfGate } from '../evaluation/verdict.ts';
import type { GateRules } from './gate-parts.ts';

/** How often a gate is to see what it is said to see. */
const power = 0.8;

/** A gate with what it can tell on the rows that it was judged on. */
export function withPower(gate: GateResult, rules: GateRules): GateResult {
  const tells = powerOf(gate, rules);
  return tells === undefined ? gate : { ...gate, tells };
}

/**
 * What a gate can tell on so many rows: where a model's true quantity (what the gate measures, on infinitely many rows) must
 * lie for the gate to fail it in 80% of samples, and of champion gates how often a model of equal error fails.
 *
 * The measured quantity is taken as normal around the true one, with the standard error that its interval has,
 * s = (high − low) / 2z, z the normal quantile of the confidence. The gate fails when the quantity lies beyond the bound by
 * more than r: r = 0 where a value beyond the bound fails (`validate.inconclusive`), else as far as the interval reaches
 * towards the bound, since then the whole of it must. So the true quantity lies r + 0.84·s beyond the bound: for r = z·s the
 * "minimum detectable effect" of Bloom, "Minimum detectable effects", Evaluation Review 19, 1995. An equal model's true
 * difference is 0, and it fails with probability Φ((−bound − r) / s) under `worse-by-at-most`, Φ((bound − r) / s) under
 * `better-by-at-least`. The standard error is that of this pair of models: two that err on the same rows more often have a
 * smaller one.
 *
 * @returns undefined where there is no interval, or one without width.
 */
function powerOf(gate: GateResult, { validate, rows }: GateRules): GateResult['tells'] {
  const { kind, bound, low, high } = gate;
  if (bound === null || low === null || high === null || !(high > low)) return undefined;
  const z = normalQuantile((1 + validate.bootstrap.confidence) / 2);
  const error = (high - low) / (2 * z);
  const beyond = consequenceOfGate(
    { ...gate, outcome: 'inconclusive', doubt: 'beyond' },
    validate.inconclusive,
  );
  const away = holdsAbove(kind) ? -1 : 1;
  const reach = beyond === 'fail' ? 0 : reachOf(gate, away, z * error);
  return {
    rows,
    power,
    at: bound + away * (reach + normalQuantile(power) * error),
    ...(kind.startsWith('champion-')
      ? { failsEqual: normalCumulative((-away * bound - reach) / error) }
      : {}),
  };
}

/** How far the interval reaches from the measured quantity towards the bound: one of a skewed mean is not as long both ways. */
function reachOf({ measured, low, high }: GateResult, away: 1 | -1, usual: number): number {
  if (measured === null || low === null || high === null) return usual;
  return away > 0 ? measured - low : high - measured;
}
