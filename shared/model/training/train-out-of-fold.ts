import { takeRows } from '../../dataset/table/table.ts';
import type { EngineFiles } from '../engine/engine.ts';
import type { TrainingReport } from '../report/training-report.ts';
import type { NamedCandidate } from './candidates/named-candidates.ts';
import { blendNote, isBlending, isSeveral, namedPortfolio, portfolioOf } from './candidates/portfolio.ts';
import { trainingSizeOf } from './candidates/training-size.ts';
import { targetsOf } from './data/targets.ts';
import { blendOf, scoreOf } from './deployment/deployment-choice.ts';
import { deployFolds, type FoldsDeployment } from './deployment/folds-deployment.ts';
import { createEngines } from './fitting/engines.ts';
import { trainerOf } from './fitting/fit-candidate.ts';
import type { CandidatesPorts } from './fitting/train-candidates.ts';
import { trainMembers } from './fitting/train-members.ts';
import type { TrainedModel } from './fitting/trained-model.ts';
import type { FoldChoices } from './folds/fold-choice.ts';
import { foldsOf, foldWarnings, type TrainFoldsInput, wholeData } from './folds/fold-data.ts';
import { foldImportance } from './folds/fold-importance.ts';
import {
  type FoldedCandidate,
  type FoldModel,
  foldedCandidate,
  wholeCandidates,
} from './folds/fold-models.ts';
import { foldReports, tellChoice } from './folds/fold-reports.ts';
import { judgedRowsOf } from './folds/fold-rows.ts';
import type { FoldsContext } from './folds/folds-context.ts';
import { trendChoiceOf } from './folds/trend-choice.ts';
import { noCurve, rowCurve } from './growth/row-curve.ts';
import { searchCandidates } from './trials/search-candidates.ts';

type Ports = CandidatesPorts & { readonly engineFiles?: EngineFiles; readonly curve?: boolean };

/** A model, and the models of the folds by which it was chosen. */
export interface OutOfFoldTraining {
  readonly trained: TrainedModel;
  readonly choices: FoldChoices;
  /** By fold, what predicts its rows. */
  readonly models: readonly FoldModel[];
  readonly context: FoldsContext;
}

/**
 * Trains every candidate in every fold, chooses or blends by what these models say of rows that they have not seen, and trains
 * the result on all rows.
 *
 * @throws ConfigurationError when there is nothing to learn from, or every candidate diverged.
 */
export async function trainOutOfFold(given: TrainFoldsInput, ports: Ports): Promise<OutOfFoldTraining> {
  const { schema, config, rows } = given;
  const { logger } = ports;
  const portfolio = portfolioOf(config.train, schema, targetsOf(rows.table, schema));
  const foldsOfAll = foldsOf(given);
  const trend = await trendChoiceOf(given, foldsOfAll, portfolio, ports);
  const isNarrowed = trend.leftOut.size > 0;
  const input = isNarrowed ? { ...given, leftOut: trend.leftOut } : given;
  const folds = isNarrowed ? foldsOf(input) : foldsOfAll;
  const all = wholeData(input);
  const warnings = [...all.warnings, ...foldWarnings(folds, all.warnings)];
  if (trend.warning !== undefined) warnings.push(trend.warning);
  const isBlended = isBlending(config.train, portfolio);
  // In every fold, and once on all rows.
  const named = namedPortfolio(portfolio, trainingSizeOf(all), folds.length + 1);
  const used = new Set(portfolio.candidates.map(trainerOf));
  const { search: wanted } = config.train;
  // A search may find a model that reads rows by a recipe of its own, which is kept as a blend of one.
  const isEnsemble = isBlended || isSeveral(named) || wanted !== undefined || isNarrowed;
  const engines = createEngines(config.train, used, logger, ports.engineFiles, isEnsemble);
  const judged = judgedRowsOf(input, folds);
  const context: FoldsContext = { input, portfolio, folds, all, judged, engines };
  const { candidates: declared, failures } = await trainedInFolds(named, context, ports);
  warnings.push(...failures);
  const search = wanted && (await searchCandidates(declared, wanted, context, ports));
  warnings.push(...(search?.warnings ?? []));
  const candidates = search?.candidates ?? declared;
  // A report tells of the engine also where other threads have run it.
  if (used.has('dense')) await engines.dense();
  const deployment = await deployFolds(candidates, isBlended, context, ports);
  const { choices, deployedModels, models, name, blend } = deployment;
  warnings.push(...deployment.failures);
  const { deployed } = choices;
  if (deployed.warning) warnings.push(deployed.warning);
  const called = input.split ? 'validation rows' : 'out-of-fold predictions';
  tellChoice(choices, { name, models, blend, called }, logger);
  const importance = await foldImportance(deployedModels, folds, {
    ...{ schema, config, logger },
    threshold: deployed.threshold,
  });
  if (importance.warning !== undefined) warnings.push(importance.warning);
  const curve = ports.curve ? await curveOf(deployment, context, ports) : undefined;
  if (curve && 'reason' in curve) warnings.push(noCurve(curve.reason));
  for (const warning of warnings) logger.warn(warning);
  const note = blendNote(config.train, portfolio, {
    ...{ name, metric: deployed.metric, score: deployed.scores[deployed.best]! },
    blend: deployment.unused,
  });
  if (note !== undefined) logger.info(note);
  const report: TrainingReport = {
    version: 1,
    seed: config.train.seed,
    engine: engines.reportOf(deployment),
    rows: { train: lastRows(deployment, input), validation: judged.rows.length },
    inputs: deployment.inputs,
    metric: deployed.metric,
    chosen: name,
    candidates: candidateReports(deployment),
    ...(input.split ? {} : { folds: foldReports(choices, models, folds)! }),
    ...(blend ? { blend } : {}),
    ...(search
      ? {
          search: {
            ...search.report,
            score: deployed.scores[deployed.best]!,
            without: scoreOf(declared, isBlended, context),
          },
        }
      : {}),
    ...(curve && 'points' in curve ? { learningCurve: curve } : {}),
    ...(note === undefined ? {} : { note }),
    ...(trend.report ? { trend: trend.report } : {}),
    importance: importance.features,
    ...(deployed.decision ? { decision: deployed.decision } : {}),
    warnings,
  };
  const trained = {
    ...deployment.saved,
    ...(deployed.threshold === undefined ? {} : { threshold: deployed.threshold }),
    versions: Object.assign({}, engines.versions(), ...versionsOf(candidates)),
    report,
  };
  return { trained, choices, models, context };
}

/** Every candidate's models of all folds. */
async function trainedInFolds(
  named: readonly NamedCandidate[],
  { input, portfolio: { transform }, folds, judged, engines }: FoldsContext,
  ports: Ports,
) {
  const { schema, config } = input;
  const tasks = folds.flatMap(({ fold, data, handover }) =>
    named.map((candidate) => ({ candidate: { ...candidate, fold }, data, handover })),
  );
  const ends = await trainMembers(tasks, { train: config.train, transform, engines }, ports);
  const { whole, failures } = wholeCandidates(named, ends, folds.length);
  const candidates: FoldedCandidate[] = [];
  for (const one of whole)
    candidates.push(await foldedCandidate(one, folds, { schema, places: judged.places }));
  return { candidates, failures };
}

/** What more rows would be worth to what is deployed. */
function curveOf(
  { choices: { deployed }, remaining }: FoldsDeployment,
  context: FoldsContext,
  ports: Ports,
): ReturnType<typeof rowCurve> {
  const { input, folds, judged, engines, portfolio } = context;
  const { schema, config, rows } = input;
  const { parts } = blendOf(remaining, '', context);
  const chosen = remaining[deployed.best];
  const used = chosen
    ? [{ ...chosen, weight: 1 }]
    : parts.map((part, at) => ({ ...part, weight: deployed.weights![at]! }));
  return rowCurve(
    used,
    {
      ...{ schema, config, engines, transform: portfolio.transform, targets: judged.targets },
      folds: folds.map((fold, at) => ({ ...fold, places: judged.places[at]! })),
      judged: { table: takeRows(rows.table, judged.rows), ids: judged.ids },
    },
    ports,
  );
}

/** What the report says of each candidate: of its folds' models, and where there is one of that of all rows. */
function candidateReports({ choices, remaining, refitted }: FoldsDeployment): TrainingReport['candidates'] {
  return remaining.map((candidate, i) => {
    const onAll = refitted.get(candidate)?.report;
    const { parameters, conversion } = onAll ?? candidate.report;
    return {
      ...candidate.report,
      ...{ parameters, ...(conversion ? { conversion } : {}) },
      ...(onAll && onAll.epochs > 0 ? { refitted: onAll.epochs } : {}),
      validation: choices.deployed.scores[i]!,
    };
  });
}

/** Rows that the last training has learned from: a command's model is checked by those of the first fold. */
function lastRows({ saved }: FoldsDeployment, { rows }: TrainFoldsInput): number {
  return 'onnx' in saved ? rows.folds.filter((fold) => fold !== 0).length : rows.table.rows;
}

function versionsOf(candidates: readonly FoldedCandidate[]) {
  return candidates.flatMap(({ fitted }) => fitted.map(({ versions }) => versions ?? {}));
}
