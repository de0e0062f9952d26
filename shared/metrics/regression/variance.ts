import { mean } from '../../algebra/descriptive-statistics.ts';
import type { RowWeights } from '../rows/row-weights.ts';
import { weightedSum } from '../rows/row-weights.ts';

/** Sums of squared deviations of a column at any weighting. */
export interface Deviations {
  /** Σ counts · (value − weighted mean)²; 0 when all rows that count hold the same value. */
  squares(weights: RowWeights): number;
}

/**
 * Prepares Σ w (x − x̄)² = Σ w c² − (Σ w c)² / Σ w, with c = x less the unweighted mean, so that little cancels.
 *
 * What is left below 2⁻⁴⁴ of the first term is rounding and counts as 0: the rows are then all alike.
 */
export function deviationsOf(values: Float64Array): Deviations {
  const centred = centredValues(values);
  const squared = centred.map((value) => value * value);
  return {
    squares({ counts, total }) {
      const sum = weightedSum(centred, counts);
      const raw = weightedSum(squared, counts);
      const squares = raw - (sum * sum) / total;
      return squares > raw * 2 ** -44 ? squares : 0;
    },
  };
}

/** The values less their mean; all zero where they are all the same. */
export function centredValues(values: Float64Array): Float64Array {
  const first = values[0] ?? 0;
  const centre = values.every((value) => value === first) ? first : mean(values);
  return values.map((value) => value - centre);
}
