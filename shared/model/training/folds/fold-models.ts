// The models of the folds, and what they say of rows that they have not seen.
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { ConfigurationError } from '../../../platform/errors.ts';
import { requireFinite } from '../../predictor/finite-answers.ts';
import type { PredictedColumns, Predictor } from '../../predictor/predictions.ts';
import { startPredictor } from '../../predictor/start-predictor.ts';
import { parseStoredPredictions } from '../../predictor/stored-predictions.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import { placePredictions } from '../choice/picked-predictions.ts';
import type { CandidateEnd } from '../fitting/candidate-job.ts';
import type { FittedCandidate } from '../fitting/fit-candidate.ts';
import { lowerMedian } from '../fitting/fitted-members.ts';
import type { FoldData } from './fold-data.ts';

/** The model of one fold, of a candidate or of a blend. */
export interface FoldModel extends Pick<FittedCandidate, 'name' | 'saved' | 'inputs'> {
  /** Absent where a command gave predictions alone. */
  readonly predictor: Predictor | undefined;
  /** Of the fold's rows. */
  readonly predicted: PredictedColumns;
  /** Absent of a blend. */
  readonly bestEpoch?: number;
}

/** A candidate with its models, one a fold. */
export interface FoldedCandidate {
  readonly candidate: NamedCandidate;
  readonly models: readonly FoldModel[];
  /** The same as they were trained. */
  readonly fitted: readonly FittedCandidate[];
  /** Those of the setting that is deployed: others than `fitted` where a search has chosen another one for a fold's rows. */
  readonly kept: readonly FittedCandidate[];
  /** Of all rows that are in a fold, each by the model that has not seen it. */
  readonly predicted: PredictedColumns;
  /** The best rounds of all models of all folds. */
  readonly bestRounds: readonly number[];
  /** The median of the folds' best rounds. */
  readonly rounds: number;
  /** Of the fold whose best round that is. */
  readonly report: FittedCandidate['report'];
}

/** Candidates that were trained in every fold, and why others were not. */
export interface FoldedEnds {
  readonly whole: readonly {
    readonly candidate: NamedCandidate;
    readonly fitted: readonly FittedCandidate[];
  }[];
  readonly failures: readonly string[];
}

/**
 * A candidate that diverges in one fold is left out of all: it would be judged on other rows than the others.
 *
 * @param ends fold by fold, in each the candidates in their order.
 * @throws ConfigurationError when none is left.
 */
export function wholeCandidates(
  named: readonly NamedCandidate[],
  ends: readonly CandidateEnd[],
  count: number,
): FoldedEnds {
  const whole: FoldedEnds['whole'][number][] = [];
  const failures: string[] = [];
  for (const [place, candidate] of named.entries()) {
    const own = Array.from({ length: count }, (_, fold) => ends[fold * named.length + place]!);
    const diverged = own.flatMap((end) => (end.kind === 'diverged' ? [end.message] : []));
    if (diverged.length > 0) failures.push(`${diverged[0]}; it is left out of every fold`);
    else whole.push({ candidate, fitted: own.flatMap((end) => (end.kind === 'fitted' ? [end.fitted] : [])) });
  }
  if (whole.length === 0) throw new ConfigurationError(failures.join('\n'));
  return { whole, failures };
}

/**
 * What a candidate's models say of the rows of their folds.
 *
 * @param places by fold, the places of its rows among all rows that are in a fold.
 * @throws ConfigurationError for an answer that is no finite number, or a command that wrote a model in some folds alone.
 */
export async function foldedCandidate(
  { candidate, fitted }: FoldedEnds['whole'][number],
  folds: readonly FoldData[],
  { schema, places }: { readonly schema: DatasetSchema; readonly places: readonly Uint32Array[] },
): Promise<FoldedCandidate> {
  const alone = fitted.filter(({ saved }) => 'predictions' in saved).length;
  if (alone > 0 && alone < fitted.length) {
    throw new ConfigurationError(
      `train.candidates: the command ${candidate.name} wrote model.onnx in ${fitted.length - alone} of ${fitted.length} folds, and predictions alone in the others: let it write the same in each`,
    );
  }
  const models: FoldModel[] = [];
  for (const [fold, data] of folds.entries()) models.push(await foldModel(fitted[fold]!, data, schema));
  const rounds = lowerMedian(fitted.map(({ report }) => report.bestEpoch));
  const bestRounds = fitted.flatMap((one) => one.bestRounds ?? [one.report.bestEpoch]);
  const parts = models.map(({ predicted }, fold) => ({ predicted, rows: places[fold]! }));
  return {
    ...{ candidate, models, fitted, kept: fitted, rounds, bestRounds },
    predicted: placePredictions(
      parts,
      parts.reduce((sum, { rows }) => sum + rows.length, 0),
    ),
    report: fitted.find(({ report }) => report.bestEpoch === rounds)!.report,
  };
}

/** What one model says of the rows of its fold. */
export async function foldModel(
  fitted: FittedCandidate,
  { fold, recipe, predict }: Pick<FoldData, 'fold' | 'recipe' | 'predict'>,
  schema: DatasetSchema,
): Promise<FoldModel> {
  const { name, saved, inputs, report } = fitted;
  const common = { name, saved, inputs, bestEpoch: report.bestEpoch };
  if ('predictions' in saved) {
    const predicted = parseStoredPredictions(saved, schema).of(predict.ids);
    return { ...common, predictor: undefined, predicted };
  }
  const predictor = fitted.predictor ?? (await startPredictor({ schema, recipe, ...saved }, { folders: [] }));
  const predicted = await predictor.predictTable(predict.table);
  requireFinite(predicted, `train.candidates: ${name}, of fold ${fold + 1},`);
  return { ...common, predictor, predicted };
}
