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
import type { EngineFiles } from '../engine/engine.ts';
import { DivergenceError } from '../network/divergence.ts';
import { createPredictor } from '../predictor/predictor.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { chooseCandidate } from './candidate-choice.ts';
import { decisionOf, engineThreshold } from './decision.ts';
import { createEngines, type Engines } from './engines.ts';
import { type FittedCandidate, fitCandidate, type SavedEngine, trainerOf } from './fit-candidate.ts';
import { permutationImportance } from './importance.ts';
import { nameCandidates } from './named-candidates.ts';
import { type Targets, targetsOf } from './targets.ts';
import { type CandidateData, trainingDataOf } from './training-data.ts';

/** What a model is trained from. The test split is not among it. */
export interface TrainModelInput {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly train: Table;
  readonly validation: Table;
  readonly config: Config;
}

/** A trained model and how it came to be. */
export type TrainedModel = SavedEngine & {
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
  ports: { readonly logger: Logger; readonly engineFiles?: EngineFiles },
): Promise<TrainedModel> {
  const { schema, recipe, validation, config } = input;
  const { logger } = ports;
  const data = trainingDataOf(input, compileRecipe(recipe));
  for (const warning of data.warnings) logger.warn(warning);
  const used = new Set(config.train.candidates.map(trainerOf));
  const engines = createEngines(config.train, used, logger, ports.engineFiles);
  const trained = await trainAll(data, config, engines, logger);
  const targets = targetsOf(validation, schema);
  const bundles = trained.map((candidate) => decidedBundle(candidate, { ...input, targets }));
  const primary = metricKey(config.validate.primary ?? defaultPrimary(schema.task));
  const choice = chooseCandidate(bundles, validation, schema, primary);
  if (choice.warning) {
    logger.warn(choice.warning);
    data.warnings.push(choice.warning);
  }
  const { chosen } = choice;
  logger.info(
    `chose ${chosen.candidate.name}: ${choice.metric} ${formatNumber(chosen.score)} on the validation rows`,
  );
  const importance = permutationImportance({
    predictor: chosen.predictor,
    table: validation,
    schema,
    metric: metricOf(primary),
    ...config.train.importance,
    random: createRandom(config.train.seed).fork('importance'),
  });
  const report: TrainingReport = {
    version: 1,
    seed: config.train.seed,
    engine: engines.reportOf(chosen.candidate.trainer),
    rows: { train: input.train.rows, validation: validation.rows },
    inputs: chosen.candidate.inputs,
    metric: choice.metric,
    chosen: chosen.candidate.name,
    candidates: choice.judged.map(({ candidate, score }) => ({ ...candidate.report, validation: score })),
    importance,
    ...(chosen.decision ? { decision: chosen.decision } : {}),
    warnings: data.warnings,
  };
  const threshold = chosen.threshold === undefined ? {} : { threshold: chosen.threshold };
  return { ...chosen.candidate.saved, ...threshold, versions: engines.versions(), report };
}

/** A candidate ready to predict, with the threshold that it is to decide by: each candidate has its own cheapest one. */
function decidedBundle(
  candidate: FittedCandidate,
  { schema, recipe, validation, config, targets }: TrainModelInput & { readonly targets: Targets },
) {
  const model = { schema, recipe, ...candidate.saved };
  const predictor = createPredictor(model);
  if (!config.validate.decision) return { candidate, predictor };
  const predicted = predictor.predictTable(validation);
  const decision = decisionOf(config.validate.decision, { schema, predicted, targets });
  if (!decision) return { candidate, predictor };
  const threshold = engineThreshold(decision, schema);
  return { candidate, predictor: createPredictor({ ...model, threshold }), decision, threshold };
}

/** Trains the candidates in turn. One that diverges is a warning while another does not. */
async function trainAll(
  data: CandidateData,
  config: Config,
  { dense }: Engines,
  logger: Logger,
): Promise<FittedCandidate[]> {
  const seeds = createRandom(config.train.seed).fork('train');
  const trained: FittedCandidate[] = [];
  const failures: string[] = [];
  for (const candidate of nameCandidates(config.train.candidates)) {
    try {
      trained.push(
        await fitCandidate(candidate, data, { dense, logger, random: seeds.fork(candidate.name) }),
      );
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      failures.push(error.message);
    }
  }
  if (trained.length === 0) throw new ConfigurationError(failures.join('\n'));
  for (const failure of failures) logger.warn(failure);
  data.warnings.push(...failures);
  return trained;
}
