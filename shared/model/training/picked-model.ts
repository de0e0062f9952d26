// A training that keeps one of its candidates: the best on the validation split.
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { defaultPrimary } from '../../metrics/descriptors/descriptors.ts';
import { metricKey } from '../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { EngineFiles } from '../engine/engine.ts';
import type { PredictedColumns } from '../predictor/predictions.ts';
import type { TrainingReport } from '../report/training-report.ts';
import type { NamedCandidate } from './candidates/named-candidates.ts';
import { blendNote, isSeveral, namedPortfolio, type Portfolio } from './candidates/portfolio.ts';
import { trainingSizeOf } from './candidates/training-size.ts';
import { type CandidateBundle, contendersOf, decidedBundle } from './choice/candidate-bundles.ts';
import { chooseByPredictions } from './choice/candidate-choice.ts';
import { type Importance, permutationImportance } from './choice/importance.ts';
import { targetsOf } from './data/targets.ts';
import { type CandidateData, trainingDataOf } from './data/training-data.ts';
import type { TrainModelInput } from './data/training-input.ts';
import type { CandidateEnd } from './fitting/candidate-job.ts';
import { createEngines } from './fitting/engines.ts';
import { type FittedCandidate, trainerOf } from './fitting/fit-candidate.ts';
import type { CandidatesPorts } from './fitting/train-candidates.ts';
import { trainMembers } from './fitting/train-members.ts';
import type { TrainedModel } from './fitting/trained-model.ts';
import { unusedBlend } from './folds/unused-blend.ts';
import type { CurveRows } from './growth/curve-models.ts';
import { noCurve, rowCurve } from './growth/row-curve.ts';

/**
 * Keeps the best candidate on the validation split, by `validate.primary`; of equals, the one declared first. Every candidate
 * draws from its own stream, so that one does not move another's weights.
 */
export async function pickedModel(
  input: TrainModelInput,
  portfolio: Portfolio,
  warning: string | undefined,
  ports: CandidatesPorts & { readonly engineFiles?: EngineFiles; readonly curve?: boolean },
): Promise<TrainedModel> {
  const { schema, recipe, validation, config, handover } = input;
  const { logger } = ports;
  const available = input.train.rows + validation.rows;
  const data = trainingDataOf(
    { schema, recipe, train: input.train, validation, available },
    compileRecipe(recipe),
  );
  if (warning !== undefined) data.warnings.push(warning);
  for (const warning of data.warnings) logger.warn(warning);
  const named = namedPortfolio(portfolio, trainingSizeOf(data), 1);
  const { transform } = portfolio;
  const used = new Set(portfolio.candidates.map(trainerOf));
  const engines = createEngines(config.train, used, logger, ports.engineFiles, isSeveral(named));
  const tasks = named.map((candidate) => ({ candidate, data, handover }));
  const ends = await trainMembers(tasks, { train: config.train, transform, engines }, ports);
  const { trained, failures } = sortedEnds(ends);
  for (const failure of failures) logger.warn(failure);
  data.warnings.push(...failures);
  // A report tells of the engine also where other threads have run it.
  if (used.has('dense')) await engines.dense();
  const targets = targetsOf(validation, schema);
  const bundles = await Promise.all(
    trained.map((candidate) => decidedBundle(candidate, { ...input, targets })),
  );
  const primary = metricKey(config.validate.primary ?? defaultPrimary(schema.task));
  const { contenders, tooLarge } = await contendersOf(bundles, validation, config.train);
  for (const why of tooLarge) logger.warn(why);
  data.warnings.push(...tooLarge);
  const own = contenders.flatMap(({ predicted }, i) =>
    bundles[i]!.candidate.trainer === 'command' ? [] : [predicted],
  );
  const unused = unusedBlend(named, own, targets, input);
  const choice = chooseByPredictions([...contenders, ...unused], targets, {
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
  const curve = ports.curve
    ? await curveOf(
        named.find(({ name }) => name === chosen.candidate.name)!,
        contenders[choice.best]!.predicted,
        {
          ...{ input, data, targets, engines, transform },
          ports,
        },
      )
    : undefined;
  if (curve && 'reason' in curve) {
    logger.warn(noCurve(curve.reason));
    data.warnings.push(noCurve(curve.reason));
  }
  const note = blendNote(config.train, portfolio, {
    ...{ name: chosen.candidate.name, metric: choice.metric, score: choice.scores[choice.best]! },
    blend: choice.scores[bundles.length],
  });
  if (note !== undefined) logger.info(note);
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
    ...(curve && 'points' in curve ? { learningCurve: curve } : {}),
    ...(note === undefined ? {} : { note }),
    importance: importance.features,
    ...(chosen.decision ? { decision: chosen.decision } : {}),
    warnings: data.warnings,
  };
  return {
    ...chosen.candidate.saved,
    ...(chosen.threshold === undefined ? {} : { threshold: chosen.threshold }),
    versions: Object.assign({}, engines.versions(), ...trained.map(({ versions }) => versions)),
    report,
  };
}

/** What more rows would be worth to the candidate that is kept. */
function curveOf(
  candidate: NamedCandidate,
  predicted: PredictedColumns,
  {
    input: { schema, recipe, train, validation, config, division },
    data,
    ports,
    ...common
  }: Pick<CurveRows, 'targets' | 'engines' | 'transform'> & {
    readonly input: TrainModelInput;
    readonly data: CandidateData;
    readonly ports: CandidatesPorts;
  },
): ReturnType<typeof rowCurve> {
  const ids = division?.ids ?? placesAsIds(train.rows + validation.rows);
  const judged = { table: validation, ids: ids.subarray(train.rows) };
  const places = Uint32Array.from({ length: validation.rows }, (_, row) => row);
  const fold = {
    ...{ fold: 0, recipe, data, places, predict: judged },
    train: { table: train, ids: ids.subarray(0, train.rows) },
  };
  return rowCurve(
    [{ candidate, weight: 1, predicted }],
    { ...{ schema, config, judged }, ...common, folds: [fold] },
    ports,
  );
}

/** Ids whose upper halves, where a key's hash is, tell rows apart. */
function placesAsIds(rows: number): BigUint64Array {
  return BigUint64Array.from({ length: rows }, (_, row) => BigInt(row) << 32n);
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
