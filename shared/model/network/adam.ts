/** An optimiser over one flat array of weights. */
export interface Optimiser {
  /** Moves `weights` in place against `gradient`. */
  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void;
}

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** Adam (Kingma and Ba 2015) as Keras has it: β₁ 0.9, β₂ 0.999, ε 1e-7, one pass over all weights. */
export function createAdam(length: number): Optimiser {
  const first = new Float32Array(length);
  const second = new Float32Array(length);
  let power1 = 1;
  let power2 = 1;
  return {
    step(weights, gradient, learningRate) {
      power1 *= beta1;
      power2 *= beta2;
      const rate = (learningRate * Math.sqrt(1 - power2)) / (1 - power1);
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
