// Which candidate, or what blend, is deployed of rows in folds, and its last training.
import { defaultPrimary } from '../../metrics/descriptors/descriptors.ts';
import { type MetricKey, metricKey } from '../../metrics/descriptors/metric-key.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { formatStoredPredictions } from '../predictor/stored-predictions.ts';
import type { BlendReport } from '../report/training-report.ts';
import { type Blend, blendModel } from './blend-models.ts';
import { commonWeights } from './class-weights.ts';
import { deployedBlend } from './deployed-blend.ts';
import type { FittedCandidate, SavedEngine } from './fit-candidate.ts';
import { chooseOutOfFold, type FoldChoices } from './fold-choice.ts';
import { blendContender, candidateContender } from './fold-contenders.ts';
import { wholeHandover } from './fold-data.ts';
import type { FoldedCandidate, FoldModel } from './fold-models.ts';
import type { FoldsContext } from './folds-context.ts';
import { isOwn } from './portfolio.ts';
import type { CandidatesPorts } from './train-candidates.ts';
import { trainMembers } from './train-members.ts';

/** What is deployed, and what it was chosen from. */
export interface FoldsDeployment {
  readonly name: string;
  readonly saved: SavedEngine;
  readonly trainer: FittedCandidate['trainer'];
  readonly inputs: number;
  readonly choices: FoldChoices;
  /** Candidates that could be chosen, or be parts. */
  readonly remaining: readonly FoldedCandidate[];
  /** Those that were trained on all rows. */
  readonly refitted: ReadonlyMap<FoldedCandidate, FittedCandidate>;
  /** Where a blend is deployed. */
  readonly blend: BlendReport | undefined;
  /** Of the blend of all that could be parts, where it is not to be deployed. */
  readonly unused: number | undefined;
  /** That predict the folds' rows. */
  readonly models: readonly FoldModel[];
  /** Of what is deployed, by fold. */
  readonly deployedModels: readonly FoldModel[];
  readonly failures: readonly string[];
}

/**
 * Chooses, and trains what is chosen on all rows. Where that diverges, or a blend is beyond its limits, the choice is made again
 * without the candidate.
 *
 * @param isBlended whether the candidates that can be are blended.
 */
export async function deployFolds(
  candidates: readonly FoldedCandidate[],
  isBlended: boolean,
  context: FoldsContext,
  ports: CandidatesPorts,
): Promise<FoldsDeployment> {
  const { input, folds } = context;
  const failures: string[] = [];
  const refitted = new Map<FoldedCandidate, FittedCandidate>();
  let remaining = candidates;
  const leaveOut = (one: FoldedCandidate, why: string, message: string): void => {
    failures.push(why);
    remaining = remaining.filter((candidate) => candidate !== one);
    if (remaining.length === 0) throw new ConfigurationError(message);
  };
  for (;;) {
    const blend = blendOf(remaining, freeName(candidates), context);
    const choices = choicesAmong(remaining, blend, isBlended, context);
    const { deployed, byFold } = choices;
    const modelAt = async (fold: number, { best, weights }: typeof deployed): Promise<FoldModel> =>
      remaining[best]?.models[fold] ?? blendModel(blend, weights!, folds[fold]!, input.schema);
    const common = async () => ({
      ...{ choices, remaining, refitted, failures },
      models: await Promise.all(byFold.map((choice, fold) => modelAt(fold, choice))),
      deployedModels: await Promise.all(folds.map((_, fold) => modelAt(fold, deployed))),
    });
    const chosen = remaining[deployed.best];
    if (!chosen) {
      const made = await deployedBlend(blend, deployed, context, refitted, ports);
      if ('without' in made) {
        leaveOut(made.without, made.why, made.why);
        continue;
      }
      const { saved, inputs, report } = made;
      const trainer = blend.parts[0]!.fitted[0]!.trainer;
      return {
        ...(await common()),
        name: blend.name,
        saved,
        inputs,
        trainer,
        blend: report,
        unused: undefined,
      };
    }
    const end = await fittedOnAll(chosen, context, ports);
    if (end.kind === 'diverged') {
      const why = `${end.message}; that was on all rows, so another candidate is deployed`;
      leaveOut(chosen, why, end.message);
      continue;
    }
    refitted.set(chosen, end.fitted);
    const { name, saved, inputs, trainer } = end.fitted;
    const unused = deployed.scores[remaining.length];
    return { ...(await common()), name, saved, inputs, trainer, blend: undefined, unused };
  }
}

/** What is chosen among candidates scores, by rows that have chosen nothing of it. */
export function scoreOf(
  candidates: readonly FoldedCandidate[],
  isBlended: boolean,
  context: FoldsContext,
): number {
  const blend = blendOf(candidates, freeName(candidates), context);
  const { deployed } = choicesAmong(candidates, blend, isBlended, context);
  return deployed.scores[deployed.best]!;
}

/** The blend of all that can be parts. */
function blendOf(
  candidates: readonly FoldedCandidate[],
  name: string,
  { portfolio, judged, input }: FoldsContext,
): Blend {
  return {
    name,
    parts: candidates.filter(({ candidate }) => isOwn(candidate.options)),
    transform: portfolio.transform,
    rowWeights: commonWeights(
      candidates.map(({ candidate }) => candidate),
      judged.targets,
      input.schema,
    ),
  };
}

/** The candidates, and after them, where there is one, their blend. */
function choicesAmong(
  candidates: readonly FoldedCandidate[],
  { parts, rowWeights }: Blend,
  isBlended: boolean,
  { input, judged, folds }: FoldsContext,
): FoldChoices {
  const { schema, config, split } = input;
  const { targets } = judged;
  const metric = metricKey(config.validate.primary ?? defaultPrimary(schema.task));
  const competes = !isBlended || !blendLowers(metric);
  const contenders = candidates.map(({ candidate, predicted }) =>
    candidateContender(predicted, competes || !isOwn(candidate.options)),
  );
  const predicted = parts.map((part) => part.predicted);
  if (isBlended ? parts.length > 0 : parts.length > 1) {
    contenders.push(
      blendContender(predicted, { schema, targets, folds: judged.folds, rowWeights }, isBlended),
    );
  }
  return chooseOutOfFold(contenders, {
    ...{ schema, count: split ? 0 : folds.length, targets, folds: judged.folds },
    metric,
    declared: config.validate.decision,
  });
}

/**
 * Whether what a blend's weights lower is what the metric measures, or nearly. By another one, such as recall at a threshold, a
 * part alone may be better, and competes with the blend.
 */
function blendLowers(metric: MetricKey): boolean {
  return ['rmse', 'r2', 'log-loss', 'brier'].includes(metric);
}

/** `blend`, or where a candidate has that name another. */
function freeName(candidates: readonly FoldedCandidate[]): string {
  const taken = new Set(candidates.map(({ candidate }) => candidate.name));
  let name = 'blend';
  for (let count = 2; taken.has(name); count++) name = `blend-${count}`;
  return name;
}

/** A candidate that was picked, trained on all rows for as many rounds as its folds' models were best after (the median). */
async function fittedOnAll(
  { candidate, fitted: [first], predicted, rounds }: FoldedCandidate,
  { input, all, judged, engines, portfolio: { transform } }: FoldsContext,
  ports: CandidatesPorts,
) {
  if ('predictions' in first!.saved) {
    // What a model elsewhere said out-of-fold is all that there is to keep of it.
    const saved = { predictions: formatStoredPredictions({ ids: judged.ids, predicted }) };
    return { kind: 'fitted' as const, fitted: { ...first!, saved } satisfies FittedCandidate };
  }
  const task = isOwn(candidate.options)
    ? { candidate: { ...candidate, rounds }, data: all }
    : { candidate, data: all, handover: wholeHandover(input) };
  const [end] = await trainMembers([task], { train: input.config.train, transform, engines }, ports);
  return end!;
}
