/** What a penalty makes of a design. */
export interface PathStep {
  /** Over the design's standardised inputs: units × (width + 1), row-major, the bias last. A later step may overwrite it. */
  readonly coefficients: Float64Array;
  /** Σ weight · loss + κ/2 · Σ coefficient². */
  readonly loss: number;
  /** The same penalty to the last digit that counts: steps are as exact as a choice among them needs. */
  refine(): Omit<PathStep, 'refine'>;
}

/**
 * Finds the coefficients of a design for one penalty after the other, from the strongest to the weakest; what one has cost
 * the next may use.
 *
 * @param penalty κ of Σ weight · loss + κ/2 · Σ coefficient².
 */
export type PathSolver = (penalty: number) => PathStep;

/** A solver whose coefficients are those of another design. @param back what they are of the design itself. */
export function pathOfOther(
  solve: PathSolver,
  back: (coefficients: Float64Array) => Float64Array,
): PathSolver {
  const own = ({ coefficients, loss }: Omit<PathStep, 'refine'>) => ({
    coefficients: back(coefficients),
    loss,
  });
  return (penalty) => {
    const step = solve(penalty);
    return { ...own(step), refine: () => own(step.refine()) };
  };
}
