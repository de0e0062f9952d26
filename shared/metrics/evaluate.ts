// How good a model is: metrics, intervals, slices, gates. Pure; a room for each.
import type { Task } from '../config/sections/train-section.ts';
import type { ValidateConfig } from '../config/sections/validate-section.ts';
import { positiveClass } from '../dataset/schema/positive-class.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import { classificationDetails } from './classification/classification-details.ts';
import { defaultPrimary, usualMetrics } from './descriptors/descriptors.ts';
import { metricKey } from './descriptors/metric-key.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import { headlineOf } from './evaluation/headline.ts';
import { verdictOf } from './evaluation/verdict.ts';
import {
  type Evidence,
  fewRowsWarnings,
  tooGoodWarnings,
  validationWarnings,
} from './evaluation-warnings.ts';
import { judgeGates } from './gates/gates.ts';
import {
  type ChampionComparison,
  type ChampionInput,
  compareWithChampion,
} from './intervals/champion-comparison.ts';
import { mostResampled } from './intervals/resampled-rows.ts';
import { metricEstimates, metricResults } from './metric-results.ts';
import { regressionDetails } from './regression/regression-details.ts';
import { type JudgedRows, judgedRows } from './rows/judged-rows.ts';
import type { Predictions } from './rows/predictions.ts';
import type { SliceColumn } from './slices/slice-groups.ts';
import { judgeSlices } from './slices/slices.ts';
import { uncertaintyOf } from './uncertainty/uncertainty.ts';
import { calibrationMapsOf } from './uncertainty/uncertainty-calibration.ts';
import { errorBinsOf } from './uncertainty/uncertainty-errors.ts';

/** What is judged. */
export interface EvaluateInput {
  readonly pipeline: string;
  readonly task: Task;
  readonly target: string;
  readonly unit?: string;
  /** Of rows that no training has seen. */
  readonly predictions: Predictions;
  /** The same model's on its training rows: for `train-gap`. */
  readonly train?: Predictions;
  /** The naive model's on the rows of `predictions`. */
  readonly baseline?: Predictions;
  /** The same model's on its validation rows: for a word where they are not like the test rows. */
  readonly validation?: Predictions;
  /** What a result that is too good may come from. */
  readonly evidence?: Evidence;
  readonly champion?: ChampionInput;
  readonly slices: readonly SliceColumn[];
  readonly validate: ValidateConfig;
  readonly digests?: Pick<Evaluation, 'model' | 'dataset' | 'predictions'>;
}

/**
 * Judges predictions: metrics with bootstrap intervals, against the naive model and the champion on the same rows
 * and resamples, slices, gates and the verdict. Pure and seeded: the same input gives the same evaluation.
 *
 * @throws ConfigurationError when there are no rows, or a slice is asked for that is not there.
 */
export function evaluate(input: EvaluateInput, ports: { readonly logger: Logger }): Evaluation {
  const { validate, predictions, task } = input;
  const rows = judgedRows(predictions);
  if (rows.count === 0) {
    throw new ConfigurationError('validate has nothing to judge: there are no rows with predictions');
  }
  const positive = positiveClass(predictions);
  const labelsOnly = predictions.task !== 'regression' && !predictions.probabilities;
  const primary = metricKey(
    validate.primary ?? defaultPrimary(task, labelsOnly ? 'labels' : 'probabilities'),
  );
  const names = [
    ...new Set([
      primary,
      ...(validate.metrics ?? usualMetrics(task)).map(metricKey),
      ...validate.gates.map(metricKey),
    ]),
  ];
  const random = createRandom(validate.bootstrap.seed);
  const estimates = metricEstimates({ ...input, rows, names, random: random.fork('metrics') });
  const comparison =
    input.champion &&
    compareWithChampion(input.champion, predictions, names, validate.bootstrap, {
      random: random.fork('champion'),
      digest: input.digests?.model,
    });
  if (comparison && !comparison.summary.comparable) {
    ports.logger.warn(`${comparison.summary.name} cannot be compared: ${comparison.summary.reason}`);
  }
  const slices = judgeSlices({
    predictions,
    columns: input.slices,
    primary,
    validate,
    random: random.fork('slices'),
    ...sliceChampion(input.champion, comparison),
  });
  const { own, baseline, train } = estimates;
  const gates = judgeGates({
    validate,
    slices,
    rows: rows.count,
    estimates: own,
    baseline: baseline.estimates,
    ...(train ? { train } : {}),
    ...(comparison ? { comparison } : {}),
  });
  const verdict = verdictOf(gates, validate.inconclusive);
  const metrics = metricResults(names, estimates, comparison, validate.bootstrap, ports);
  const { method, resamples, confidence, seed } = validate.bootstrap;
  const champion = comparison?.summary;
  const headline = headlineOf({
    verdict,
    primary: metrics[names.indexOf(primary)]!,
    gates,
    champion,
    confidence,
    unit: input.unit,
  });
  const warnings = [
    ...fewRowsWarnings(rows, [primary, ...validate.gates.map(metricKey)]),
    ...(input.evidence ? tooGoodWarnings(rows, input.target, input.evidence) : []),
    ...(input.validation
      ? validationWarnings({
          validation: input.validation,
          test: metrics[names.indexOf(primary)]!,
          settings: validate.bootstrap,
          random: random.fork('validation'),
        })
      : []),
  ];
  return {
    version: 1,
    pipeline: input.pipeline,
    task,
    target: input.target,
    ...(input.unit === undefined ? {} : { unit: input.unit }),
    ...(predictions.task === 'regression' ? {} : { classes: [...predictions.classes] }),
    ...(positive === undefined ? {} : { positive }),
    rows: rows.count,
    ...input.digests,
    ...(champion ? { champion } : {}),
    verdict,
    headline,
    ...(warnings.length === 0 ? {} : { warnings }),
    primary,
    bootstrap: {
      ...{ method, resamples, confidence, seed },
      ...(rows.count > mostResampled ? { rows: mostResampled } : {}),
    },
    inconclusive: validate.inconclusive,
    metrics,
    gates,
    slices,
    ...detailsOf(rows, {
      random: () => random.fork('scatter'),
      confidence,
      champion: comparison?.estimates && !comparison.summary.same ? input.champion?.predictions : undefined,
    }),
  };
}

/** Charts cannot show what is not a number: the metrics say why there are none. */
function detailsOf(
  rows: JudgedRows,
  {
    random,
    ...settings
  }: {
    readonly random: () => ReturnType<typeof createRandom>;
    readonly confidence: number;
    readonly champion: Predictions | undefined;
  },
): Partial<Evaluation> {
  if (rows.defect !== undefined) return {};
  return rows.task === 'regression'
    ? {
        ...regressionDetails(rows, random()),
        uncertainty: { ...uncertaintyOf(rows), errors: errorBinsOf(rows) },
      }
    : {
        ...classificationDetails(rows, settings),
        ...(rows.probabilities ? { calibrationMaps: calibrationMapsOf(rows) } : {}),
      };
}

/** The champion beside the slices, as far as it is known which judged rows it predicted. */
function sliceChampion(champion: ChampionInput | undefined, comparison: ChampionComparison | undefined) {
  if (!champion?.predictions || !comparison?.estimates) return {};
  const { predictions, rows, challenger } = champion;
  if (challenger && !rows) return {};
  return { champion: { predictions, ...(rows ? { rows } : {}) } };
}
