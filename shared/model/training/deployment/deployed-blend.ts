// The blend that is kept: the models of the folds, or each part trained once more on all rows.
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { fewRows } from '../../../dataset/split/few-rows.ts';
import type { MetricKey } from '../../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../../metrics/registry/registry.ts';
import { mostEnsembleFiles } from '../../ensemble/ensemble-file.ts';
import { judgeParts } from '../../ensemble/judged-parts.ts';
import { blendReportOf } from '../../predictor/ensemble-report.ts';
import type { BlendReport } from '../../report/training-report.ts';
import { joinPredictions } from '../data/metric-score.ts';
import type { FittedCandidate, SavedEngine } from '../fitting/fit-candidate.ts';
import { membersOf, savedParts } from '../fitting/fitted-members.ts';
import { beyondLimit, blendSize, partToLeave, type WhyWithout } from '../fitting/model-limits.ts';
import type { CandidatesPorts } from '../fitting/train-candidates.ts';
import { trainMembers } from '../fitting/train-members.ts';
import { type DecidedChoice, decidedBy } from '../folds/fold-choice.ts';
import { predictedOf, valuesOf } from '../folds/fold-contenders.ts';
import type { FoldedCandidate } from '../folds/fold-models.ts';
import type { FoldsContext } from '../folds/folds-context.ts';
import { type Blend, inputsOf, partOf } from './blend-models.ts';

/** Rounds of trees that all rows bear, beside those that were best on the rows of a fold's model. */
const moreRounds = 1.1;

/** A blend to be deployed. */
export interface DeployedBlend {
  readonly saved: SavedEngine;
  readonly inputs: number;
  readonly report: BlendReport;
  /** By candidate that was trained on all rows. */
  readonly refitted: ReadonlyMap<FoldedCandidate, FittedCandidate>;
}

/** Why a blend cannot be deployed as it is, and the part that has to go. */
export interface BlendWithout extends WhyWithout {
  readonly without: FoldedCandidate;
}

/** Whether the folds' models are kept: of few rows, whose one model would be little better than theirs together; not where the newest say most, nor where they would be too many to write. */
function keepsFolds(
  used: readonly FoldedCandidate[],
  { input: { rows, times, split }, folds }: FoldsContext,
): boolean {
  if (split || times || rows.table.rows >= fewRows) return false;
  const members = used.flatMap(({ kept }) => kept.flatMap((one) => membersOf(one)));
  // Two files a model, of each fold the recipe and its plain view, and one file that names them all.
  return 2 * (members.length + folds.length) + 1 <= mostEnsembleFiles;
}

/** The blend by the weights of all rows. @param refitted models of all rows, where some are known. */
export async function deployedBlend(
  blend: Blend,
  choice: DecidedChoice,
  context: FoldsContext,
  refitted: Map<FoldedCandidate, FittedCandidate>,
  ports: CandidatesPorts,
): Promise<DeployedBlend | BlendWithout> {
  const { input } = context;
  const { parts } = blend;
  const weights = choice.weights!;
  const used = parts.filter((_, part) => weights[part]! > 0);
  const keeps = keepsFolds(used, context);
  if (!keeps) {
    const failed = await refit(used, context, refitted, ports);
    if (failed) return failed;
  }
  const judged = judgedBlend(blend, choice, context);
  const built = (isKept: boolean) => {
    const models = parts.map((part, at) => ({
      ...partOf(part, blend.transform),
      weight: weights[at]!,
      members: weights[at]! > 0 ? membersFor(part, isKept) : [],
    }));
    const report = blendReportOf(judged, models, input.recipe, taskOf(input.schema));
    return { models, report: { ...report, models: isKept ? ('of-folds' as const) : ('refitted' as const) } };
  };
  const limits = input.config.train;
  let { models, report } = built(keeps);
  let why = beyondLimit(blendSize(report), limits);
  if (why !== undefined && keeps && report.parts.some((part) => beyondLimit(part, limits) !== undefined)) {
    // A part's models of the folds are several: one of all rows is smaller.
    const failed = await refit(used, context, refitted, ports);
    if (failed) return failed;
    ({ models, report } = built(false));
    why = beyondLimit(blendSize(report), limits);
  }
  if (why !== undefined) {
    const { better } = metricOf(choice.metric as MetricKey);
    const left = partToLeave(report, { better, limits, why });
    return { ...left, without: parts.find(({ candidate }) => candidate.name === left.name)! };
  }
  return { saved: savedParts(models), inputs: inputsOf(parts, weights), report, refitted };

  function membersFor(part: FoldedCandidate, isKept: boolean) {
    if (!isKept) return membersOf(refitted.get(part)!);
    return part.kept.flatMap((fitted, fold) => membersOf(fitted, context.folds[fold]!.recipe));
  }
}

/** Trains parts on all rows, those that are not yet. @returns one that diverged. */
async function refit(
  parts: readonly FoldedCandidate[],
  { all, engines, portfolio: { transform }, input }: FoldsContext,
  refitted: Map<FoldedCandidate, FittedCandidate>,
  ports: CandidatesPorts,
): Promise<BlendWithout | undefined> {
  const missing = parts.filter((part) => !refitted.has(part));
  const tasks = missing.map((part) => ({
    candidate: { ...part.candidate, rounds: roundsOf(part) },
    data: all,
  }));
  const ends = await trainMembers(tasks, { train: input.config.train, transform, engines }, ports);
  for (const [at, end] of ends.entries()) {
    const without = missing[at]!;
    if (end.kind === 'fitted') refitted.set(without, end.fitted);
    else {
      const why = `${end.message}; that was on all rows, so the blend does without it`;
      return { without, why, last: end.message };
    }
  }
  return undefined;
}

/**
 * Rounds of a part's training on all rows: the mean of the best; of trees, which more rows bear more of, a tenth more, but no
 * more than were asked for.
 */
function roundsOf({ bestRounds, candidate: { options } }: FoldedCandidate): number {
  const mean = bestRounds.reduce((sum, rounds) => sum + rounds, 0) / bestRounds.length;
  if (options.type !== 'boosted-trees') return Math.max(1, Math.round(mean));
  const most = options.rounds === 'auto' ? Number.POSITIVE_INFINITY : options.rounds;
  return Math.max(1, Math.min(most, Math.round(moreRounds * mean)));
}

function judgedBlend(
  { parts, rowWeights }: Blend,
  { metric }: DecidedChoice,
  { input, judged }: FoldsContext,
) {
  const { schema, config } = input;
  const { compute } = metricOf(metric as MetricKey);
  return judgeParts(
    parts.map(({ predicted }) => valuesOf(predicted)),
    judged.folds,
    judged.targets,
    (values) => {
      const { predicted } = decidedBy(predictedOf(values, schema), judged.targets, {
        schema,
        declared: config.validate.decision,
      });
      const result = compute(joinPredictions(predicted, judged.targets));
      return 'value' in result ? result.value : Number.NaN;
    },
    rowWeights,
  );
}

/** What an engine of a task gives of each row. */
function taskOf({ task, classes = [] }: DatasetSchema) {
  return { task, outputs: task === 'multiclass' ? classes.length : 1 };
}
