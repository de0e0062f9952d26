// Whether models are given the columns that grow with the time: boosted trees of the folds decide it, on later rows.
import { candidateSchema } from '../../../config/sections/candidates/candidate.ts';
import { narrowedRecipe } from '../../../dataset/recipe/narrowed-recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import { takeRows } from '../../../dataset/table/table.ts';
import { listNames } from '../../../text/nearest-name.ts';
import { formatNumber } from '../../../text/number-format.ts';
import type { TrainingReport } from '../../report/training-report.ts';
import { isOwn, type Portfolio } from '../candidates/portfolio.ts';
import { type CandidateData, trainingDataOf } from '../data/training-data.ts';
import type { CandidateEnd } from '../fitting/candidate-job.ts';
import { createEngines } from '../fitting/engines.ts';
import { type CandidatesPorts, trainCandidates } from '../fitting/train-candidates.ts';
import type { FoldData, TrainFoldsInput } from './fold-data.ts';
import { trendColumns } from './trend-columns.ts';

/** What was found, and what it means for the models. */
export interface TrendChoice {
  /** Columns that no model reads as a number. */
  readonly leftOut: ReadonlySet<string>;
  /** Absent where no column grows with the time, or rows are not divided by it. */
  readonly report?: NonNullable<TrainingReport['trend']>;
  readonly warning?: string;
}

/** Rows that the trees of the trial learn from at most. */
const mostLearned = 50_000;

/** Large steps, and little patience: the two ways are far apart where it matters. */
const trial = {
  name: 'trial of trend columns',
  options: candidateSchema.parse({
    ...{ type: 'boosted-trees', 'learning-rate': 0.1, rounds: 500, patience: 20 },
  }),
};

/**
 * Finds the columns that grow with the time, and whether later rows are predicted better without them: boosted trees learn each
 * fold both ways, and the smaller loss on the rows that stop them, which come later, decides for all candidates. Trees can
 * only go on with the last value that they know, and a network, or a linear model's pieces, say anything beyond it; whether
 * that is better than nothing depends on whether the target follows the time, or the season (ADR 0047).
 *
 * @param folds of `input`, with all columns.
 */
export async function trendChoiceOf(
  input: TrainFoldsInput,
  folds: readonly FoldData[],
  portfolio: Portfolio,
  ports: CandidatesPorts,
): Promise<TrendChoice> {
  const { train } = input.config;
  const { 'trend-columns': wanted = 'auto' } = train;
  const isByTime = input.times !== undefined || input.isByTime === true;
  if (!isByTime || wanted === 'keep' || !canLeaveOut(portfolio)) return { leftOut: new Set() };
  const columns = trendColumns(folds);
  if (columns.length === 0) return { leftOut: new Set() };
  const leftOut = new Set(columns);
  if (!narrowedRecipe(input.recipe, leftOut)) {
    const report = { columns, leftOut: false };
    if (wanted !== 'leave-out') return { leftOut: new Set(), report };
    const warning = `train.trend-columns: leave-out: ${listNames(columns)} cannot be left out, since models would have nothing to read`;
    return { leftOut: new Set(), report, warning };
  }
  if (wanted === 'leave-out') return { leftOut, report: { columns, leftOut: true } };
  const tasks = folds.flatMap(({ fold, data }) =>
    [undefined, leftOut].map((without) => ({
      candidate: { ...trial, fold },
      data: trialData(data, without),
    })),
  );
  const engines = createEngines(train, new Set(['boosted-trees']), ports.logger, undefined);
  const ends = await trainCandidates(tasks, train, engines, ports);
  const losses = [0, 1].map((way) => meanLoss(folds, (fold) => ends[2 * fold + way]!));
  const [kept, without] = losses as [number, number];
  // A way that diverged has the loss NaN, and is not better.
  const isBetter = without < kept;
  const loss = Number.isFinite(kept + without) ? { loss: { with: kept, without } } : {};
  const report = { columns, leftOut: isBetter, ...loss };
  if (!isBetter) return { leftOut: new Set(), report };
  const [verb, them] = columns.length === 1 ? ['grows', 'it'] : ['grow', 'them'];
  const warning =
    `${listNames(columns)} ${verb} with the time, and later rows lie beyond all that was learned: boosted trees predict these ` +
    `better without ${them} (loss ${formatNumber(without)}, with ${formatNumber(kept)}), so no model reads ${them} as ` +
    'a number; train.trend-columns: keep leaves them in';
  return { leftOut, report, warning };
}

/** One linear model stays as it was declared; a command reads what it likes. */
export function canLeaveOut({ candidates }: Portfolio): boolean {
  return candidates.every(isOwn) && candidates.some(({ type }) => type !== 'linear');
}

/** The rows for the trial; of very many every second, third … */
function trialData({ splits }: CandidateData, leftOut: ReadonlySet<string> | undefined): CandidateData {
  const { train } = splits;
  const step = Math.ceil(train.rows / mostLearned);
  const rows = Uint32Array.from({ length: Math.ceil(train.rows / step) }, (_, at) => at * step);
  const learned = step === 1 ? train : takeRows(train, rows);
  return trainingDataOf({ ...splits, leftOut, train: learned }, compileRecipe(splits.recipe));
}

/** The mean loss of later rows, each fold by how many of them it has. */
function meanLoss(folds: readonly FoldData[], endOf: (place: number) => CandidateEnd): number {
  let [sum, rows] = [0, 0];
  for (const [place, { data }] of folds.entries()) {
    const end = endOf(place);
    if (end.kind === 'diverged') return Number.NaN;
    const { history, bestEpoch } = end.fitted.report;
    const later = data.splits.validation?.rows ?? 0;
    sum += later * history[bestEpoch - 1]!.validationLoss!;
    rows += later;
  }
  return sum / rows;
}
