import type { LayersOptions } from '../../../config/sections/candidates/candidate.ts';
import { fitLinear, isSolvable } from '../../linear/fit-linear.ts';
import { fitPath } from '../../linear/fit-path.ts';
import { type Architecture, architectureOf } from '../../network/architecture.ts';
import { DivergenceError } from '../../network/divergence.ts';
import { type FitInput, type FitPorts, type FittedNetwork, fitNetwork } from '../../network/fit-network.ts';
import { type SavedModel, saveNetwork } from '../../network/layers-format.ts';
import type { WeightedRows } from '../../network/learner.ts';
import { stepWordOf } from '../../report/step-words.ts';
import { classWeightsOf } from '../candidates/class-weights.ts';
import { type NamedCandidate, shownName } from '../candidates/named-candidates.ts';
import type { LabelledRows, TrainingData } from '../data/training-data.ts';

/** A network, or a linear model, after its training. */
export interface TrainedCandidate extends NamedCandidate<LayersOptions> {
  readonly architecture: Architecture;
  readonly fitted: FittedNetwork;
  readonly saved: SavedModel;
  /** How it was fitted: to convergence, as Newton's method and paths of penalties are, or by Adam. */
  readonly solver: 'newton' | 'adam';
}

/**
 * Trains a network or a linear model.
 *
 * @throws DivergenceError when its loss, or a weight, is no longer finite.
 */
export async function trainCandidate(
  candidate: NamedCandidate<LayersOptions>,
  data: TrainingData,
  ports: FitPorts,
): Promise<TrainedCandidate> {
  const { options, rounds } = candidate;
  const name = shownName(candidate);
  const hidden = options.type === 'neural-network' ? options : undefined;
  const architecture = architectureOf(data.inputs, hidden, data.output);
  const classWeights = classWeightsOf(options['class-weights'], data.classes, data.counts);
  const input = {
    name,
    architecture,
    options,
    train: weighted(data.train, classWeights),
    validation: data.validation && weighted(data.validation, classWeights),
    rounds,
  };
  const solver = solverOf(options, data);
  const fitted = await fitBy(solver, input, ports);
  const saved = saveNetwork(architecture, fitted.parameters, data.scale);
  if (!hasFiniteWeights(saved)) {
    const { learningRate } = fitted.history[fitted.bestEpoch - 1]!;
    const word = stepWordOf({ type: options.type, options: { ...options, solver } });
    const at = `${word} ${fitted.bestEpoch}`;
    throw new DivergenceError(name, at, learningRate, 'largest weight');
  }
  return { ...candidate, architecture, fitted, saved, solver };
}

async function fitBy(
  solver: TrainedCandidate['solver'],
  input: FitInput,
  ports: FitPorts,
): Promise<FittedNetwork> {
  if (solver === 'adam') return fitNetwork(input, ports);
  const { l2 } = input.options;
  return l2 === 'auto' ? fitPath(input, ports) : fitLinear(input, l2, ports);
}

/** Weights are 32-bit floats: a loss may be finite and what gives it beyond them. */
function hasFiniteWeights({ weights }: SavedModel): boolean {
  return new Float32Array(weights.slice().buffer).every(Number.isFinite);
}

function solverOf(options: LayersOptions, data: TrainingData): 'newton' | 'adam' {
  if (options.type !== 'linear' || options.solver === 'adam') return 'adam';
  if (options.solver === 'newton' || options.l2 === 'auto') return 'newton';
  return isSolvable(data.train.rows, data.inputs, data.output.units) ? 'newton' : 'adam';
}

function weighted(split: LabelledRows, classWeights: Float64Array | undefined): WeightedRows {
  const weights = classWeights && Float32Array.from(split.targets, (code) => classWeights[code]!);
  return { ...split, weights };
}
