import type { BoostedTreesCandidate, Candidate } from '../../config/sections/train-section.ts';
import type { FitPorts } from '../network/fit-network.ts';
import type { SavedModel } from '../network/layers-format.ts';
import type { TreesModel } from '../predictor/trees-runner.ts';
import type { CandidateReport, EpochReport } from '../report/training-report.ts';
import { fitTrees } from '../trees/fit-trees.ts';
import type { Trainer } from './engines.ts';
import type { NamedCandidate } from './named-candidates.ts';
import { trainCandidate } from './train-candidate.ts';
import type { CandidateData } from './training-data.ts';
import { treeTaskOf } from './tree-task.ts';

/** An engine's files, as they are saved. */
export type SavedEngine = SavedModel | TreesModel;

/** A candidate after its training, whatever trained it. */
export interface FittedCandidate {
  readonly name: string;
  readonly trainer: Trainer;
  readonly saved: SavedEngine;
  /** Numbers, or columns, that its answer is computed from. */
  readonly inputs: number;
  readonly report: Omit<CandidateReport, 'validation'>;
}

/** What training needs from outside; an engine is started when a candidate first needs it. */
export interface CandidatePorts extends Omit<FitPorts, 'engine'> {
  readonly dense: () => Promise<FitPorts['engine']>;
}

/** Which of the engines trains a candidate. */
export function trainerOf({ type }: Candidate): Trainer {
  return type === 'boosted-trees' ? 'boosted-trees' : 'dense';
}

/**
 * Trains one candidate.
 *
 * @throws DivergenceError when its loss is no longer finite.
 */
export async function fitCandidate(
  { name, options }: NamedCandidate,
  data: CandidateData,
  ports: CandidatePorts,
): Promise<FittedCandidate> {
  if (options.type === 'boosted-trees') return fitBoosted(name, options, data, ports);
  const engine = await ports.dense();
  const { fitted, saved, architecture, solver } = await trainCandidate({ name, options }, data, {
    ...ports,
    engine,
  });
  const batchNorms = architecture.layers.reduce((sum, l) => sum + (l.batchNorm ? 2 * l.units : 0), 0);
  return {
    ...{ name, trainer: trainerOf(options), saved, inputs: data.inputs },
    report: {
      name,
      type: options.type,
      options: options.type === 'linear' ? { ...options, solver } : { ...options },
      parameters: fitted.parameters.flat.length + batchNorms,
      ...historyOf(fitted),
    },
  };
}

async function fitBoosted(
  name: string,
  options: BoostedTreesCandidate,
  data: CandidateData,
  ports: CandidatePorts,
): Promise<FittedCandidate> {
  const task = treeTaskOf(data, options);
  const fitted = await fitTrees(name, options, task, ports);
  const { header, bytes } = fitted.files;
  return {
    ...{ name, trainer: trainerOf(options), saved: { trees: header, treesBin: bytes } },
    inputs: task.inputs.length,
    report: {
      ...{ name, type: options.type, options: { ...options }, parameters: fitted.parameters },
      ...historyOf(fitted),
    },
  };
}

function historyOf({
  history,
  bestEpoch,
  stopped,
}: {
  readonly history: EpochReport[];
  readonly bestEpoch: number;
  readonly stopped: CandidateReport['stopped'];
}) {
  return { epochs: history.length, bestEpoch, stopped, history };
}
