// Training on rows in folds: every row is predicted by a model that has not seen it, and all rows train what is deployed.
import { defaultPrimary } from '../../metrics/descriptors/descriptors.ts';
import { metricKey } from '../../metrics/descriptors/metric-key.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { EngineFiles } from '../engine/engine.ts';
import type { FoldedPredictions } from '../out-of-fold/folded-predictions.ts';
import type { OutOfFold } from '../out-of-fold/out-of-fold.ts';
import { formatStoredPredictions } from '../predictor/stored-predictions.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { createEngines, type Engines } from './engines.ts';
import { type FittedCandidate, trainerOf } from './fit-candidate.ts';
import { chooseOutOfFold } from './fold-choice.ts';
import {
  type FoldData,
  foldsOf,
  foldWarnings,
  type TrainFoldsInput,
  wholeData,
  wholeHandover,
} from './fold-data.ts';
import { foldImportance } from './fold-importance.ts';
import { type FoldedCandidate, foldedCandidate, wholeCandidates } from './fold-models.ts';
import { foldReports, tellChoice } from './fold-reports.ts';
import { foldTrainingOf, type JudgedRows, judgedRowsOf, outOfFoldOf } from './fold-rows.ts';
import { nameCandidates } from './named-candidates.ts';
import { type CandidatesPorts, trainCandidates } from './train-candidates.ts';
import type { TrainedModel } from './train-model.ts';
import type { CandidateData } from './training-data.ts';
import { trainingSizeOf } from './training-size.ts';

/** A model trained on all rows, and what models of folds said of each row without having seen it. */
export type TrainedFolds = TrainedModel & {
  readonly outOfFold: OutOfFold;
  /** What each fold's model says of its own training rows; absent where a command gave predictions alone. */
  readonly foldTraining?: FoldedPredictions;
};

type Ports = CandidatesPorts & { readonly engineFiles?: EngineFiles };

/**
 * Trains every candidate in every fold, each fold with a recipe of its own and the next fold to stop early; chooses for each
 * fold's rows by the other folds, and for the deployed model by all; trains that on all rows, for as many rounds as the fold
 * models were best after (the median).
 *
 * @throws ConfigurationError when there is nothing to learn from, or every candidate diverged.
 */
export async function trainFolds(input: TrainFoldsInput, ports: Ports): Promise<TrainedFolds> {
  const { config } = input;
  const { logger } = ports;
  const all = wholeData(input);
  const folds = foldsOf(input);
  const warnings = [...all.warnings, ...foldWarnings(folds, all.warnings)];
  const used = new Set(config.train.candidates.map(trainerOf));
  const engines = createEngines(config.train, used, logger, ports.engineFiles);
  const judged = judgedRowsOf(input, folds);
  const { candidates, failures } = await trainedInFolds(input, { all, folds, judged, engines }, ports);
  warnings.push(...failures);
  // A report tells of the engine also where other threads have run it.
  if (used.has('dense')) await engines.dense();
  const deployment = await deploy(candidates, input, { all, judged, engines }, ports);
  const { choices, chosen, fitted, remaining } = deployment;
  warnings.push(...deployment.failures);
  const { deployed } = choices;
  if (deployed.warning) warnings.push(deployed.warning);
  tellChoice(choices, remaining, logger);
  const importance = await foldImportance(chosen, folds, {
    ...{ schema: input.schema, config, logger },
    threshold: deployed.threshold,
  });
  if (importance.warning !== undefined) warnings.push(importance.warning);
  for (const warning of warnings) logger.warn(warning);
  const report: TrainingReport = {
    version: 1,
    seed: config.train.seed,
    engine: engines.reportOf(fitted),
    rows: { train: lastRows(fitted, input), validation: judged.rows.length },
    inputs: fitted.inputs,
    metric: deployed.metric,
    chosen: fitted.name,
    candidates: remaining.map((candidate, i) => ({
      ...candidate.report,
      ...(candidate === chosen ? deployedFacts(fitted) : {}),
      validation: deployed.scores[i]!,
    })),
    folds: foldReports(choices, remaining, folds),
    importance: importance.features,
    ...(deployed.decision ? { decision: deployed.decision } : {}),
    warnings,
  };
  const foldTraining = await foldTrainingOf(choices, remaining, { ...judged, folds });
  return {
    ...fitted.saved,
    recipe: fitted.recipe,
    ...(deployed.threshold === undefined ? {} : { threshold: deployed.threshold }),
    versions: Object.assign({}, engines.versions(), ...versionsOf(candidates)),
    report,
    outOfFold: outOfFoldOf(choices, remaining, input, judged),
    ...(foldTraining ? { foldTraining } : {}),
  };
}

/** Every candidate's models of all folds. */
async function trainedInFolds(
  { schema, config }: TrainFoldsInput,
  {
    all,
    folds,
    judged,
    engines,
  }: {
    readonly all: CandidateData;
    readonly folds: readonly FoldData[];
    readonly judged: JudgedRows;
    readonly engines: Engines;
  },
  ports: Ports,
) {
  // In every fold, and once on all rows.
  const named = nameCandidates(config.train.candidates, {
    size: trainingSizeOf(all),
    fits: folds.length + 1,
  });
  const tasks = folds.flatMap(({ fold, data, handover }) =>
    named.map((candidate) => ({ candidate: { ...candidate, fold }, data, handover })),
  );
  const ends = await trainCandidates(tasks, config.train, engines, ports);
  const { whole, failures } = wholeCandidates(named, ends, folds.length);
  const candidates: FoldedCandidate[] = [];
  for (const one of whole)
    candidates.push(await foldedCandidate(one, folds, { schema, places: judged.places }));
  return { candidates, failures };
}

/** The choice, and the chosen candidate trained on all rows; where it diverges on these, the choice is among the others. */
async function deploy(
  candidates: readonly FoldedCandidate[],
  input: TrainFoldsInput,
  {
    all,
    judged,
    engines,
  }: { readonly all: CandidateData; readonly judged: JudgedRows; readonly engines: Engines },
  ports: Ports,
) {
  const { schema, config, count } = input;
  const failures: string[] = [];
  let remaining = candidates;
  for (;;) {
    const choices = chooseOutOfFold(
      remaining.map(({ predicted }) => predicted),
      {
        ...{ schema, count, targets: judged.targets, folds: judged.folds },
        metric: metricKey(config.validate.primary ?? defaultPrimary(schema.task)),
        declared: config.validate.decision,
      },
    );
    const chosen = remaining[choices.deployed.best]!;
    const end = await fittedOnAll(chosen, input, { all, judged, engines }, ports);
    if (end.kind === 'fitted') return { choices, chosen, fitted: end.fitted, remaining, failures };
    failures.push(`${end.message}; that was on all rows, so another candidate is deployed`);
    remaining = remaining.filter((candidate) => candidate !== chosen);
    if (remaining.length === 0) throw new ConfigurationError(end.message);
  }
}

async function fittedOnAll(
  { candidate, models, predicted, rounds }: FoldedCandidate,
  input: TrainFoldsInput,
  {
    all,
    judged,
    engines,
  }: { readonly all: CandidateData; readonly judged: JudgedRows; readonly engines: Engines },
  ports: Ports,
) {
  const [{ fitted }] = models as [FoldedCandidate['models'][number]];
  if ('predictions' in fitted.saved) {
    // What a model elsewhere said out-of-fold is all that there is to keep of it.
    const saved = { predictions: formatStoredPredictions({ ids: judged.ids, predicted }) };
    return { kind: 'fitted' as const, fitted: { ...fitted, saved } satisfies FittedCandidate };
  }
  const task =
    candidate.options.type === 'command'
      ? { candidate, data: all, handover: wholeHandover(input) }
      : { candidate: { ...candidate, rounds }, data: all };
  const [end] = await trainCandidates([task], input.config.train, engines, ports);
  return end!;
}

/** What the report says of the chosen candidate's model of all rows, and not of those of the folds. */
function deployedFacts({ report: { parameters, conversion } }: FittedCandidate) {
  return { parameters, ...(conversion ? { conversion } : {}) };
}

/** Rows that the last training has learned from: a command's model is checked by those of the first fold. */
function lastRows({ saved }: FittedCandidate, { rows }: TrainFoldsInput): number {
  return 'onnx' in saved ? rows.folds.filter((fold) => fold !== 0).length : rows.table.rows;
}

function versionsOf(candidates: readonly FoldedCandidate[]) {
  return candidates.flatMap(({ models }) => models.map(({ fitted }) => fitted.versions ?? {}));
}
