import { type TridiagonalForm, tridiagonalise } from '../../algebra/tridiagonal.ts';
import type { Design } from './design.ts';
import { weightedGram } from './gram.ts';

/** The Gram matrix of a design's inputs about their weighted means, ready to be solved for many penalties. */
export interface StandardGram {
  readonly form: TridiagonalForm;
  /** Sum of the rows' weights. */
  readonly total: number;
  /** Weighted means of the standardised inputs; 0 where all rows weigh the same. */
  readonly means: Float64Array;
}

/** Multiplications that {@link standardGram} takes. */
export function workOfGram(rows: number, width: number): number {
  return (rows * (width + 1) ** 2) / 2 + (2 / 3) * width ** 3;
}

/** @param count rows that are looked at; default all. */
export function standardGram(design: Design, count = design.rows): StandardGram {
  const { width } = design;
  const size = width + 1;
  const gram = weightedGram(design, undefined, count);
  const total = gram[size * size - 1]!;
  const means = Float64Array.from({ length: width }, (_, j) => gram[width * size + j]! / total);
  const matrix = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) matrix[a * width + b] = gram[a * size + b]! - total * means[a]! * means[b]!;
  }
  return { form: tridiagonalise(matrix, width), total, means };
}
