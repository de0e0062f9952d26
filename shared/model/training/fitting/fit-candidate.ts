// From a candidate and rows to a fitted model, on whichever engine.
import type { BoostedTreesCandidate } from '../../../config/sections/candidates/boosted-trees-candidate.ts';
import type { Candidate } from '../../../config/sections/candidates/candidate.ts';
import type { CommandCandidate } from '../../../config/sections/candidates/command-candidate.ts';
import type { Recipe } from '../../../dataset/recipe/recipe.ts';
import { type CommandPorts, fitCommand } from '../../command/fit-command.ts';
import type { HandoverRows } from '../../command/handover.ts';
import type { FitPorts } from '../../network/fit-network.ts';
import type { SavedModel } from '../../network/layers-format.ts';
import { modelColumns } from '../../onnx/model-columns.ts';
import type { OnnxModel } from '../../onnx/onnx-runner.ts';
import type { EnsembleModel } from '../../predictor/ensemble-model.ts';
import type { PredictedColumns, Predictor } from '../../predictor/predictor.ts';
import { formatStoredPredictions, type StoredPredictions } from '../../predictor/stored-predictions.ts';
import type { TreesModel } from '../../predictor/trees-runner.ts';
import type { CandidateReport, EpochReport } from '../../report/training-report.ts';
import { fitTrees } from '../../trees/fit-trees.ts';
import { type NamedCandidate, shownName } from '../candidates/named-candidates.ts';
import { settledLayers, settledTrees } from '../candidates/settings.ts';
import { trainingSizeOf } from '../candidates/training-size.ts';
import type { CandidateData } from '../data/training-data.ts';
import { trainCandidate } from './train-candidate.ts';
import type { Trainer } from './trainer.ts';
import { treeTaskOf } from './tree-task.ts';

/** An engine's files, as they are saved. */
export type SavedEngine = SavedModel | TreesModel | EnsembleModel | OnnxModel | StoredPredictions;

/** A candidate after its training, whatever trained it. */
export interface FittedCandidate {
  readonly name: string;
  readonly trainer: Trainer;
  readonly saved: SavedEngine;
  /** Of a model that reads rows by a recipe of its own, and not by that of the rows that it learned from. */
  readonly recipe?: Recipe;
  /** By model of a candidate that is the mean of several, the round that was best. */
  readonly bestRounds?: readonly number[];
  /** Of a command's model, which has been started to be checked, or of its predictions of the validation rows. */
  readonly predictor?: Predictor;
  /** Of what runs a command's model. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Numbers, or columns, that its answer is computed from. */
  readonly inputs: number;
  readonly report: Omit<CandidateReport, 'validation'>;
}

/** What trains by commands, and on what. */
export type TrainingCommands = Pick<CommandPorts, 'command' | 'open'> & {
  readonly rows: HandoverRows;
  readonly seed: number;
};

/** What training needs from outside; an engine is started when a candidate first needs it. */
export interface CandidatePorts extends Omit<FitPorts, 'engine'> {
  readonly dense: () => Promise<FitPorts['engine']>;
  /** What commands need; without it a candidate that is one cannot be trained. */
  readonly commands?: TrainingCommands;
}

/** Which of the engines trains a candidate. */
export function trainerOf({ type }: Candidate): Trainer {
  return type === 'boosted-trees' || type === 'command' ? type : 'dense';
}

/**
 * Trains one candidate.
 *
 * @throws DivergenceError when its loss is no longer finite.
 */
export async function fitCandidate(
  candidate: NamedCandidate,
  data: CandidateData,
  ports: CandidatePorts,
): Promise<FittedCandidate> {
  const { name, options } = candidate;
  if (options.type === 'boosted-trees') return fitBoosted({ ...candidate, options }, data, ports);
  if (options.type === 'command') return fitByCommand({ ...candidate, options }, data, ports);
  const engine = await ports.dense();
  const settled = settledLayers(options, trainingSizeOf(data));
  const { fitted, saved, architecture, solver } = await trainCandidate(
    { ...candidate, options: settled },
    data,
    {
      ...ports,
      engine,
    },
  );
  const batchNorms = architecture.layers.reduce((sum, l) => sum + (l.batchNorm ? 2 * l.units : 0), 0);
  return {
    ...{ name, trainer: trainerOf(options), saved, inputs: data.inputs },
    report: {
      name,
      type: options.type,
      options: settled.type === 'linear' ? { ...settled, solver } : { ...settled },
      parameters: fitted.parameters.flat.length + batchNorms,
      ...historyOf(fitted),
    },
  };
}

async function fitBoosted(
  candidate: NamedCandidate<BoostedTreesCandidate>,
  data: CandidateData,
  ports: CandidatePorts,
): Promise<FittedCandidate> {
  const { name, rounds } = candidate;
  const options = settledTrees(candidate.options, trainingSizeOf(data));
  const task = treeTaskOf(data, options);
  const fitted = await fitTrees(shownName(candidate), options, task, { ...ports, rounds });
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

async function fitByCommand(
  candidate: NamedCandidate<CommandCandidate>,
  { splits: { schema, recipe } }: CandidateData,
  { commands, logger }: CandidatePorts,
): Promise<FittedCandidate> {
  const { name, options } = candidate;
  if (!commands) throw new TypeError(`the command ${name} has nothing to run it`);
  const { rows, seed } = commands;
  const task = { name: shownName(candidate), options, schema, recipe, rows, seed };
  const result = await fitCommand(task, { ...commands, logger });
  // A run that takes too long makes no model: how long it may take is no property of one.
  const { timeout: _, ...determining } = options;
  const report = {
    ...{ name, type: options.type, options: determining },
    ...{ parameters: 0, epochs: 0, bestEpoch: 0, stopped: 'command' as const, history: [] },
  };
  const common = { name, trainer: trainerOf(options), inputs: modelColumns(schema, recipe).length };
  if ('model' in result) {
    const { model, predictor, versions, conversion } = result;
    return { ...common, saved: { onnx: model }, predictor, versions, report: { ...report, conversion } };
  }
  const saved = { predictions: formatStoredPredictions(result.all) };
  return { ...common, saved, predictor: predictorOfValidation(result.validation), report };
}

/** Predictions of the validation rows, as the choice among candidates asks for them: of all rows, and of no other table. */
function predictorOfValidation(predicted: PredictedColumns): Predictor {
  return {
    predictTable: () => predicted,
    predictRecord: () => {
      throw new TypeError('predictions alone predict no record');
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
