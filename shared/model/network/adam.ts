/** Of Adam (Kingma and Ba 2015), as Keras has them. */
export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** An optimiser over one flat array of weights. */
export interface Optimiser {
  /** Moves `weights` in place against `gradient`. */
  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void;
}

/**
 * The learning rate of each next step, corrected for moments that start at zero: rate · √(1 - β₂ᵗ) / (1 - β₁ᵗ) in step
 * t, which counts the calls.
 */
export function adamRate(): (learningRate: number) => number {
  let power1 = 1;
  let power2 = 1;
  return (learningRate) => {
    power1 *= adamConstants.beta1;
    power2 *= adamConstants.beta2;
    return (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
  };
}

/** Adam, one pass over all weights. */
export function createAdam(length: number): Optimiser {
  const { beta1, beta2, epsilon } = adamConstants;
  const first = new Float32Array(length);
  const second = new Float32Array(length);
  const rateOf = adamRate();
  return {
    step(weights, gradient, learningRate) {
      const rate = rateOf(learningRate);
      for (let i = 0; i < length; i++) {
        const g = gradient[i]!;
        const m = beta1 * first[i]! + (1 - beta1) * g;
        const v = beta2 * second[i]! + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        weights[i]! -= (rate * m) / (Math.sqrt(v) + epsilon);
      }
    },
  };
}
