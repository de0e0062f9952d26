/** A training whose loss stopped being a number. */
export class DivergenceError extends Error {
  override name = 'DivergenceError';

  constructor(candidate: string, epoch: number, learningRate: number, quantity: string) {
    super(
      `train.candidates: training "${candidate}" diverged in epoch ${epoch} at learning rate ${learningRate}: ` +
        `its ${quantity} is no longer a finite number. Try a smaller learning-rate (such as ` +
        `${Number((learningRate / 10).toPrecision(2))}), batch-norm: true, or scale: standard for unscaled features`,
    );
  }
}
