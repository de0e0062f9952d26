// Linear and logistic regression with a penalty chosen from a path.
import { setImmediate } from 'node:timers/promises';
import { outputActivationOf } from '../network/architecture.ts';
import { DivergenceError } from '../network/divergence.ts';
import { type FitInput, type FitPorts, type FittedNetwork, reportEpoch } from '../network/fit-network.ts';
import { emptyParameters } from '../network/parameters.ts';
import type { EpochReport, Penalty } from '../report/training-report.ts';
import { type Design, designOf, overRawInputs, writeParameters } from './design.ts';
import { inputScaleOf } from './input-scale.ts';
import { meanLoss } from './mean-loss.ts';
import { type PathSolver, type PathStep, pathOfOther } from './path-solver.ts';
import { penaltiesOf, weightOfPenalty } from './penalties.ts';
import { ridgePath } from './ridge-path.ts';
import { rowSpan, workOfRowSpan } from './row-span.ts';
import { workOfGram } from './standard-gram.ts';
import { warmPath } from './warm-path.ts';

/** Multiplications that one decomposition may take; beyond it penalties are solved step by step. */
const mostMultiplications = 2e10;

/**
 * Classes are solved penalty by penalty, the weaker the longer: a walk that has got no better over a decade of C ends, however patient.
 */
const classPatience = 3;

/**
 * Fits a linear, logistic or softmax regression under one penalty after the other, from the strongest to the weakest; a
 * penalty is an epoch. The best by the validation loss is kept, and the walk ends after `patience` penalties (of classes
 * at most three) that are no better. Without validation rows it ends after `rounds` penalties, and the last is kept.
 *
 * @throws DivergenceError when a loss is not finite.
 */
export async function fitPath(
  input: Omit<FitInput, 'options'> & { readonly options: Pick<FitInput['options'], 'epochs' | 'patience'> },
  { logger }: Pick<FitPorts, 'logger'>,
): Promise<FittedNetwork> {
  const { architecture, train, validation, options } = input;
  const output = { units: architecture.outputs, activation: outputActivationOf(architecture) };
  const scale = inputScaleOf(train, architecture.inputs, Number.POSITIVE_INFINITY);
  const solve = pathSolverOf(designOf(train, scale, output));
  const all = penaltiesOf(output.activation);
  const last = Math.min(all.length, options.epochs, input.rounds ?? all.length);
  const best = emptyParameters(architecture);
  const history: EpochReport[] = [];
  const patience =
    output.activation === 'linear' ? options.patience : Math.min(options.patience, classPatience);
  let lowest = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  let refine: PathStep['refine'] | undefined;
  let stopped: FittedNetwork['stopped'] = 'epochs';

  for (const [at, penalty] of all.slice(0, last).entries()) {
    const epoch = at + 1;
    const step = solve(weightOfPenalty(penalty));
    const judged = judge(step, epoch, penalty);
    history.push(judged);
    reportEpoch(logger, input, judged, last);
    if (!validation || judged.validationLoss < lowest) {
      lowest = judged.validationLoss;
      bestEpoch = epoch;
      refine = step.refine;
    } else if (epoch - bestEpoch >= patience) {
      stopped = 'patience';
      break;
    }
    // Lets the rest of the process live: a progress line be drawn, an interrupt be seen.
    await setImmediate();
  }
  const kept = refine!();
  history[bestEpoch - 1] = judge(kept, bestEpoch, all[bestEpoch - 1]!);
  writeParameters(overRawInputs(kept.coefficients, scale, output.units), best);
  return { parameters: best, history, bestEpoch, stopped };

  function judge(
    { coefficients, loss: sum }: Omit<PathStep, 'refine'>,
    epoch: number,
    penalty: Penalty,
  ): EpochReport {
    const weights = overRawInputs(coefficients, scale, output.units);
    const loss = sum / train.rows;
    const validationLoss = validation ? meanLoss(validation, weights, output) : loss;
    if (!Number.isFinite(loss) || !Number.isFinite(validationLoss)) {
      throw new DivergenceError(input.name, `penalty ${epoch}`, undefined, 'loss');
    }
    return { epoch, loss, validationLoss, penalty };
  }
}

/** The way that suits a design's shape and loss. */
export function pathSolverOf(design: Design): PathSolver {
  const { rows, width } = design;
  if (rows > width || workOfRowSpan(rows, width) > mostMultiplications) return narrowSolverOf(design);
  const { design: narrow, widen } = rowSpan(design);
  return pathOfOther(narrowSolverOf(narrow), widen);
}

function narrowSolverOf(design: Design): PathSolver {
  const { rows, width, output } = design;
  const direct = output.activation === 'linear' && workOfGram(rows, width) <= mostMultiplications;
  return direct ? ridgePath(design) : warmPath(design);
}
