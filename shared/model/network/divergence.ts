/** A training whose loss stopped being a number. */
export class DivergenceError extends Error {
  override name = 'DivergenceError';

  /** @param at `epoch 3`, or `step 3` of Newton's method. */
  constructor(candidate: string, at: string, learningRate: number, quantity: string) {
    super(
      `train.candidates: training "${candidate}" diverged in ${at} at learning rate ${learningRate}: ` +
        `its ${quantity} is no longer a finite number. Try a smaller learning-rate (such as ` +
        `${Number((learningRate / 10).toPrecision(2))}), batch-norm: true, or scale: standard for unscaled features`,
    );
  }
}
