import type { OutputActivation } from '../network/architecture.ts';
import type { Penalty } from '../report/training-report.ts';

/**
 * The α of ridge regressions, from the strongest to the weakest: squared errors summed + α · Σ coefficient² over standardised
 * inputs, as scikit-learn's Ridge has it.
 */
const alphas = [
  3000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001,
];

/**
 * The C of logistic regressions, from the strongest penalty to the weakest: C · losses summed + ½ Σ coefficient² over
 * standardised inputs, as scikit-learn's LogisticRegression has it.
 */
const inverseStrengths = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** The penalties that `l2: auto` tries, from the strongest to the weakest. */
export function penaltiesOf(activation: OutputActivation): readonly Penalty[] {
  return activation === 'linear' ? alphas.map((alpha) => ({ alpha })) : inverseStrengths.map((c) => ({ c }));
}

/** κ of Σ weight · loss + κ/2 · Σ coefficient². @example weightOfPenalty({ c: 0.1 }) // 10 */
export function weightOfPenalty(penalty: Penalty): number {
  return 'alpha' in penalty ? 2 * penalty.alpha : 1 / penalty.c;
}
