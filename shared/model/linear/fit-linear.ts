// Linear and logistic regression.
import { solveFactorised } from '../../algebra/cholesky.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { outputActivationOf } from '../network/architecture.ts';
import { DivergenceError } from '../network/divergence.ts';
import { type FitInput, type FitPorts, type FittedNetwork, reportEpoch } from '../network/fit-network.ts';
import { copyParameters, emptyParameters } from '../network/parameters.ts';
import type { EpochReport } from '../report/training-report.ts';
import { overRawInputs, writeParameters } from './design.ts';
import { inputScaleOf } from './input-scale.ts';
import { type LinearObjective, linearObjective } from './linear-objective.ts';
import { raisedFactor } from './raised-factor.ts';

/** Most coefficients that are solved for at once: the factorisation grows with their cube. */
const mostCoefficients = 1000;

/** Most multiplications that one matrix of second derivatives may take. */
const mostMultiplications = 1e10;

/** Added to the curvature's diagonal, relative to its mean: collinear inputs (one-hot groups) have a solution. */
const relativeRidge = 1e-6;

/** Most coefficients where the user asks for Newton's method: their matrix takes 128 MB. */
const largestSystem = 4000;

/** Rows that are judged at once. */
const judgedRows = 256;

/** A step ends the search where no slope of the loss is steeper. */
const flat = 1e-8;

/** Whether Newton's method is worth its matrices for a problem of this size. */
export function isSolvable(rows: number, inputs: number, outputs: number): boolean {
  const width = inputs + 1;
  const pairs = (outputs * (outputs + 1)) / 2;
  return width * outputs <= mostCoefficients && rows * width * width * pairs <= mostMultiplications;
}

/**
 * Fits a linear, logistic or softmax regression to convergence by Newton's method with a halving line search; an
 * epoch is one step. Without validation rows the weights after the last of `rounds` steps are kept. Stops when a step no longer lowers the loss or no slope is left, or after `patience` steps that make the
 * validation loss worse (separable classes), and gives back the best weights.
 *
 * @param l2 penalty on the squares of the weights over the inputs as they are, beside the mean loss.
 * @throws DivergenceError when the loss is not finite.
 * @throws ConfigurationError when there are too many coefficients to solve for at once.
 */
export function fitLinear(input: FitInput, l2: number, ports: FitPorts): FittedNetwork {
  const { architecture, train, validation, options, rounds = options.epochs } = input;
  const activation = outputActivationOf(architecture);
  const size = (architecture.inputs + 1) * architecture.outputs;
  if (size > largestSystem) {
    throw new ConfigurationError(
      `train.candidates: "${input.name}" has ${size} coefficients, and solver: newton takes ${largestSystem} at most; use solver: adam`,
    );
  }
  const scale = inputScaleOf(train, architecture.inputs);
  const output = { units: architecture.outputs, activation };
  const objective = linearObjective(train, scale, output, l2, ports.engine.product);
  const current = emptyParameters(architecture);
  const best = emptyParameters(architecture);
  const judge = ports.engine.createLearner({
    architecture,
    ...{ initial: current, train, batch: judgedRows, l2: 0 },
    dropout: ports.random,
  });
  const newton = createNewton(objective, activation === 'linear');
  const history: EpochReport[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  let stopped: FittedNetwork['stopped'] = 'epochs';

  for (let epoch = 1; epoch <= Math.min(rounds, options.epochs); epoch++) {
    const step = newton.step();
    writeParameters(overRawInputs(newton.coefficients, scale, architecture.outputs), current);
    judge.write(current);
    const validationLoss = validation ? judge.meanLoss(validation) : step.loss;
    if (!Number.isFinite(step.loss) || !Number.isFinite(validationLoss)) {
      throw new DivergenceError(input.name, `step ${epoch}`, step.length, 'loss');
    }
    history.push({ epoch, loss: step.loss, validationLoss, learningRate: step.length });
    reportEpoch(ports.logger, input, history.at(-1)!);
    // Of equally good steps the later is nearer to the one solution that a linear model has.
    if (!validation || validationLoss <= lowest * (1 + 1e-4) + 1e-12) {
      bestEpoch = epoch;
      copyParameters(current, best);
    }
    lowest = Math.min(lowest, validationLoss);
    if (step.converged) stopped = 'converged';
    else if (epoch - bestEpoch >= options.patience) stopped = 'patience';
    if (stopped !== 'epochs') break;
  }
  return { parameters: best, history, bestEpoch, stopped };
}

/** What one Newton step did. */
interface NewtonStep {
  readonly loss: number;
  /** Share of the full step that was taken. */
  readonly length: number;
  readonly converged: boolean;
}

/** Newton's method from zero. @param quadratic the curvature never changes: it is factorised once. */
function createNewton(objective: LinearObjective, quadratic: boolean) {
  const n = objective.length;
  const coefficients = new Float64Array(n);
  const gradient = new Float64Array(n);
  let loss = objective.evaluate(coefficients, gradient);
  let factor: Float64Array | undefined;

  function step(): NewtonStep {
    if (!factor || !quadratic) factor = raisedFactor(objective.curvature(coefficients), n, relativeRidge);
    const direction = Float64Array.from(gradient);
    solveFactorised(factor, n, direction);
    const trial = new Float64Array(n);
    for (let length = 1; length > 1e-9; length /= 2) {
      for (let k = 0; k < n; k++) trial[k] = coefficients[k]! - length * direction[k]!;
      const lower = objective.evaluate(trial);
      if (!(lower < loss)) continue;
      const slow = loss - lower <= 1e-9 * Math.abs(lower);
      coefficients.set(trial);
      loss = objective.evaluate(coefficients, gradient);
      return { loss, length, converged: slow || gradient.every((slope) => Math.abs(slope) < flat) };
    }
    return { loss, length: 0, converged: true };
  }
  return { coefficients, step };
}
