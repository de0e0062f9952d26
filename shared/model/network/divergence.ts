/** A training whose loss stopped being a number. */
export class DivergenceError extends Error {
  override name = 'DivergenceError';

  /**
   * @param at `epoch 3`, `step 3` of Newton's method, `penalty 3` of a path.
   * @param learningRate absent where there is none.
   */
  constructor(candidate: string, at: string, learningRate: number | undefined, quantity: string) {
    const scaling = 'scale: standard for unscaled features';
    super(
      `train.candidates: training "${candidate}" diverged in ${at}${learningRate === undefined ? '' : ` at learning rate ${learningRate}`}: ` +
        `its ${quantity} is no longer a finite number. Try ${learningRate === undefined ? scaling : `a smaller learning-rate (such as ${Number((learningRate / 10).toPrecision(2))}), batch-norm: true, or ${scaling}`}`,
    );
  }
}
