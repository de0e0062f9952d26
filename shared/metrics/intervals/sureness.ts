import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import { clearSide } from '../evaluation/clear-side.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Estimate } from './estimate.ts';
import { measured } from './measured.ts';

/** Two-sided: what is called clearly better, wherever it is said. */
const sure = 0.95;
const highest = 0.9995;
const steps = 14;

/**
 * How sure it is that a paired gain is above zero: `surely` when its 95% interval lies above, and the one-sided confidence c,
 * the largest at which its lower bound, the (1 − c) quantile, lies above zero. A one-sided bound of confidence c is the lower
 * end of a two-sided interval of confidence 2c − 1.
 *
 * @returns confidence null below one half: then the gain is not even probable.
 */
export function surenessOf(
  gain: Estimate,
  settings: ValidateConfig['bootstrap'],
): NonNullable<NonNullable<Evaluation['champion']>['better']> {
  const isAbove = (twoSided: number) =>
    clearSide(measured(gain, { ...settings, confidence: twoSided })) === 'better';
  const surely = isAbove(sure);
  let [held, failed] = [0.5, highest];
  if (!isAbove(0)) return { surely, confidence: null };
  for (let step = 0; step < steps; step++) {
    const middle = (held + failed) / 2;
    if (isAbove(2 * middle - 1)) held = middle;
    else failed = middle;
  }
  return { surely, confidence: Math.round(held * 1000) / 1000 };
}
