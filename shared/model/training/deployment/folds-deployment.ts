// Which candidate, or what blend, is deployed of rows in folds, and its last training.
import { ConfigurationError } from '../../../platform/errors.ts';
import { startPredictor } from '../../predictor/start-predictor.ts';
import { formatStoredPredictions } from '../../predictor/stored-predictions.ts';
import type { BlendReport } from '../../report/training-report.ts';
import { isOwn } from '../candidates/portfolio.ts';
import type { FittedCandidate, SavedEngine } from '../fitting/fit-candidate.ts';
import { beyondLimit, candidateSize, type WhyWithout, whyTooLarge } from '../fitting/model-limits.ts';
import type { CandidatesPorts } from '../fitting/train-candidates.ts';
import { trainMembers } from '../fitting/train-members.ts';
import type { FoldChoices } from '../folds/fold-choice.ts';
import { wholeHandover } from '../folds/fold-data.ts';
import type { FoldedCandidate, FoldModel } from '../folds/fold-models.ts';
import type { FoldsContext } from '../folds/folds-context.ts';
import { blendModel } from './blend-models.ts';
import { deployedBlend } from './deployed-blend.ts';
import { blendName, blendOf, choicesAmong } from './deployment-choice.ts';

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
  const leaveOut = (one: FoldedCandidate, { why, last }: WhyWithout): void => {
    failures.push(why);
    remaining = remaining.filter((candidate) => candidate !== one);
    if (remaining.length === 0) throw new ConfigurationError(last);
  };
  for (;;) {
    const blend = blendOf(remaining, blendName(candidates), context);
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
        leaveOut(made.without, made);
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
      leaveOut(chosen, { why, last: end.message });
      continue;
    }
    const tooLarge = await beyondAlone(end.fitted, context);
    if (tooLarge !== undefined) {
      leaveOut(chosen, whyTooLarge(end.fitted.name, tooLarge));
      continue;
    }
    refitted.set(chosen, end.fitted);
    const { name, saved, inputs, trainer } = end.fitted;
    const unused = deployed.scores[remaining.length];
    return { ...(await common()), name, saved, inputs, trainer, blend: undefined, unused };
  }
}

/** Which limit a candidate's model of all rows is beyond, in words. */
async function beyondAlone(
  { saved }: FittedCandidate,
  { input: { schema, recipe, config } }: FoldsContext,
): Promise<string | undefined> {
  const predictor =
    'onnx' in saved ? undefined : await startPredictor({ schema, recipe, ...saved }, { folders: [] });
  const size = candidateSize({ saved }, predictor);
  return size && beyondLimit(size, config.train);
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
