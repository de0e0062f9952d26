// Training: candidates fitted, compared and chosen.
import type { Config } from '../../config/sections/schema.ts';
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Table } from '../../dataset/table/table.ts';
import { defaultPrimary } from '../../metrics/descriptors/descriptors.ts';
import { metricKey } from '../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { HandoverRows } from '../command/handover.ts';
import type { EngineFiles } from '../engine/engine.ts';
import { decidedPredictor } from '../predictor/decided.ts';
import { requireFinite } from '../predictor/finite-answers.ts';
import type { Predictor } from '../predictor/predictions.ts';
import { startPredictor } from '../predictor/start-predictor.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { type Contender, chooseByPredictions } from './candidate-choice.ts';
import type { CandidateEnd } from './candidate-job.ts';
import { type Decision, decisionOf, engineThreshold } from './decision.ts';
import { createEngines } from './engines.ts';
import { type FittedCandidate, type SavedEngine, trainerOf } from './fit-candidate.ts';
import { type Importance, permutationImportance } from './importance.ts';
import { nameCandidates } from './named-candidates.ts';
import { type Targets, targetsOf } from './targets.ts';
import { type CandidatesPorts, trainCandidates } from './train-candidates.ts';
import { trainingDataOf } from './training-data.ts';
import { trainingSizeOf } from './training-size.ts';

/** What a model is trained from. The test split is not among it. */
export interface TrainModelInput {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly train: Table;
  readonly validation: Table;
  readonly config: Config;
  /** The same rows and the held-out ones as commands get them; only where a candidate is one. */
  readonly handover?: HandoverRows;
}

/** A trained model and how it came to be. */
export type TrainedModel = SavedEngine & {
  /** What the model reads: the dataset's recipe, or a view of it. */
  readonly recipe: Recipe;
  /** Binary: above which probability of the second class that is the answer; absent: 0.5. */
  readonly threshold?: number;
  /** Of every engine that trained a candidate. */
  readonly versions: Readonly<Record<string, string>>;
  readonly report: TrainingReport;
};

/**
 * Trains every candidate and keeps the best on the validation split, by `validate.primary`; of equals, the one
 * declared first. Every candidate draws from its own stream, so that one does not move another's weights.
 *
 * @param ports.engineFiles where the engine's files are when they are not in node_modules.
 * @throws ConfigurationError when there is nothing to learn from, the backend cannot be loaded, or every candidate
 *   diverged.
 */
export async function trainModel(
  input: TrainModelInput,
  ports: CandidatesPorts & { readonly engineFiles?: EngineFiles },
): Promise<TrainedModel> {
  const { schema, recipe, validation, config, handover } = input;
  const { logger } = ports;
  const available = input.train.rows + validation.rows;
  const data = trainingDataOf(
    { schema, recipe, train: input.train, validation, available },
    compileRecipe(recipe),
  );
  for (const warning of data.warnings) logger.warn(warning);
  const used = new Set(config.train.candidates.map(trainerOf));
  const engines = createEngines(config.train, used, logger, ports.engineFiles);
  const named = nameCandidates(config.train.candidates, { size: trainingSizeOf(data), fits: 1 });
  const tasks = named.map((candidate) => ({ candidate, data, handover }));
  const { trained, failures } = sortedEnds(await trainCandidates(tasks, config.train, engines, ports));
  for (const failure of failures) logger.warn(failure);
  data.warnings.push(...failures);
  // A report tells of the engine also where other threads have run it.
  if (used.has('dense')) await engines.dense();
  const targets = targetsOf(validation, schema);
  const bundles = await Promise.all(
    trained.map((candidate) => decidedBundle(candidate, { ...input, targets })),
  );
  const primary = metricKey(config.validate.primary ?? defaultPrimary(schema.task));
  const choice = chooseByPredictions(await contendersOf(bundles, validation), targets, {
    ...{ schema, metric: primary },
    called: 'validation rows',
  });
  if (choice.warning) {
    logger.warn(choice.warning);
    data.warnings.push(choice.warning);
  }
  const chosen = bundles[choice.best]!;
  logger.info(
    `chose ${chosen.candidate.name}: ${choice.metric} ${formatNumber(choice.scores[choice.best]!)} on the validation rows`,
  );
  const importance = await importanceOf(chosen, input, logger);
  if (importance.warning !== undefined) {
    logger.warn(importance.warning);
    data.warnings.push(importance.warning);
  }
  const report: TrainingReport = {
    version: 1,
    seed: config.train.seed,
    engine: engines.reportOf(chosen.candidate),
    rows: { train: input.train.rows, validation: validation.rows },
    inputs: chosen.candidate.inputs,
    metric: choice.metric,
    chosen: chosen.candidate.name,
    candidates: bundles.map(({ candidate }, i) => ({
      ...candidate.report,
      validation: choice.scores[i]!,
    })),
    importance: importance.features,
    ...(chosen.decision ? { decision: chosen.decision } : {}),
    warnings: data.warnings,
  };
  return {
    ...chosen.candidate.saved,
    recipe: chosen.candidate.recipe,
    ...(chosen.threshold === undefined ? {} : { threshold: chosen.threshold }),
    versions: Object.assign({}, engines.versions(), ...trained.map(({ versions }) => versions)),
    report,
  };
}

/** A trained candidate, ready to predict. */
interface CandidateBundle {
  readonly candidate: FittedCandidate;
  readonly predictor: Predictor;
  /** How it decides between two classes, where that is declared. */
  readonly decision?: Decision;
  /** The same as the engine has it. */
  readonly threshold?: number;
}

function sortedEnds(ends: readonly CandidateEnd[]): {
  trained: FittedCandidate[];
  failures: string[];
} {
  const trained = ends.flatMap((end) => (end.kind === 'fitted' ? [end.fitted] : []));
  const failures = ends.flatMap((end) => (end.kind === 'diverged' ? [end.message] : []));
  if (trained.length === 0) throw new ConfigurationError(failures.join('\n'));
  return { trained, failures };
}

/** What candidates say of the validation rows. @throws ConfigurationError for an answer that is no finite number. */
async function contendersOf(bundles: readonly CandidateBundle[], validation: Table): Promise<Contender[]> {
  const contenders: Contender[] = [];
  for (const { candidate, predictor } of bundles) {
    const predicted = await predictor.predictTable(validation);
    requireFinite(predicted, `train.candidates: ${candidate.name}`);
    const { history, bestEpoch } = candidate.report;
    contenders.push({ predicted, loss: history[bestEpoch - 1]?.validationLoss });
  }
  return contenders;
}

/** A candidate ready to predict, with the threshold that it is to decide by: each candidate has its own cheapest one. */
async function decidedBundle(
  candidate: FittedCandidate,
  { schema, validation, config, targets }: TrainModelInput & { readonly targets: Targets },
): Promise<CandidateBundle> {
  const model = { schema, recipe: candidate.recipe, ...candidate.saved };
  const predictor = candidate.predictor ?? (await startPredictor(model, { folders: [] }));
  if (!config.validate.decision) return { candidate, predictor };
  const predicted = await predictor.predictTable(validation);
  const decision = decisionOf(config.validate.decision, { schema, predicted, targets });
  if (!decision) return { candidate, predictor };
  const threshold = engineThreshold(decision, schema);
  const decided = candidate.predictor
    ? decidedPredictor(candidate.predictor, schema, threshold)
    : await startPredictor({ ...model, threshold }, { folders: [] });
  return { candidate, predictor: decided, decision, threshold };
}

async function importanceOf(
  { candidate, predictor }: CandidateBundle,
  { schema, validation, config }: TrainModelInput,
  logger: Logger,
): Promise<Importance> {
  const { importance, seed } = config.train;
  if (importance === 'off') return { features: [] };
  if ('predictions' in candidate.saved) {
    return {
      features: [],
      warning: `${candidate.name} gave predictions alone, so the importance of features cannot be measured`,
    };
  }
  return permutationImportance({
    ...{ predictor, inputs: candidate.inputs, table: validation, schema, logger },
    metric: metricOf(metricKey(config.validate.primary ?? defaultPrimary(schema.task))),
    ...importance,
    random: createRandom(seed).fork('importance'),
  });
}
