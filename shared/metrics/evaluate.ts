// How good a model is: metrics, intervals, slices, gates. Pure; a room for each.

import type { ValidateConfig } from '../config/sections/validate-section.ts';
import { positiveClass } from '../dataset/schema/positive-class.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import type { Task } from './descriptors/descriptor.ts';
import { defaultPrimary, usualMetrics } from './descriptors/descriptors.ts';
import { metricKey } from './descriptors/metric-key.ts';
import {
  anchorComparison,
  anchorSummary,
  betterThan,
  comparisonStream,
  type EarlierModels,
} from './earlier-models.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import { headlineOf } from './evaluation/headline.ts';
import type { JudgedRowsRecord } from './evaluation/looks.ts';
import { verdictOf } from './evaluation/verdict.ts';
import { evaluationDetails } from './evaluation-details.ts';
import { judgeGates } from './gates/gates.ts';
import {
  type ChampionComparison,
  type ChampionInput,
  compareWithChampion,
} from './intervals/champion-comparison.ts';
import { outOfFoldOf } from './intervals/out-of-fold-factor.ts';
import { mostResampled } from './intervals/resampled-rows.ts';
import { metricEstimates, metricResults } from './metric-results.ts';
import { judgedRows } from './rows/judged-rows.ts';
import type { Predictions } from './rows/predictions.ts';
import type { SliceChampion } from './slices/beside-champion.ts';
import type { SliceColumn } from './slices/slice-groups.ts';
import { judgeSlices } from './slices/slices.ts';
import type { Evidence } from './warnings/too-good.ts';
import { evaluationWarnings } from './warnings/warnings.ts';

/** What is judged. */
export interface EvaluateInput extends EarlierModels {
  readonly pipeline: string;
  readonly task: Task;
  readonly target: string;
  readonly unit?: string;
  /** Of rows that no training has seen. */
  readonly predictions: Predictions;
  /** The same model's on its training rows, or each fold's model's on its own: for `train-gap`. */
  readonly train?: Predictions | readonly Predictions[];
  /** Rows were predicted out-of-fold, in so many folds, by models that compute with so many inputs; of so many rows, where only some of them are judged. */
  readonly folds?: { readonly count: number; readonly inputs: number; readonly rows?: number };
  /** The naive model's on the rows of `predictions`. */
  readonly baseline?: Predictions;
  /** The same model's on its validation rows: for a word where they are not like the test rows. */
  readonly validation?: Predictions;
  /** What a result that is too good may come from. */
  readonly evidence?: Evidence;
  /** The models that these test rows have judged, with this one. */
  readonly judged?: JudgedRowsRecord;
  /** Binary: from which probability of the positive class on the model predicts it; default 0.5. */
  readonly threshold?: number;
  readonly slices: readonly SliceColumn[];
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
  const costs = task === 'binary' ? validate.decision?.costs : undefined;
  const names = [
    ...new Set([
      primary,
      ...(validate.metrics ?? usualMetrics(task)).map(metricKey),
      ...validate.gates.map(metricKey),
      ...(costs ? [metricKey({ metric: 'cost', ...costs })] : []),
    ]),
  ];
  const random = createRandom(validate.bootstrap.seed);
  const outOfFold = input.folds && outOfFoldOf({ rows: rows.count, ...input.folds });
  const factor = outOfFold?.factor ?? 1;
  const whole = random.fork('metrics');
  const estimates = metricEstimates({ ...input, rows, names, factor, random: whole });
  const comparison =
    input.champion &&
    compareWithChampion(input.champion, predictions, names, validate.bootstrap, {
      random: comparisonStream(validate.bootstrap),
      digest: input.digests?.model,
      factor,
    });
  const anchor = anchorComparison({ ...input, factor }, comparison, names);
  for (const one of new Set([comparison, anchor])) {
    if (one && !one.summary.comparable) {
      ports.logger.warn(`${one.summary.name} cannot be compared: ${one.summary.reason}`);
    }
  }
  const slices = judgeSlices({
    predictions,
    columns: input.slices,
    primary,
    validate,
    random: random.fork('slices'),
    whole,
    ...sliceChampion(input.champion, comparison, { factor, validate }),
  });
  const { own, baseline, train } = estimates;
  const gates = judgeGates({
    validate,
    slices,
    rows: rows.count,
    factor,
    outOfFold,
    estimates: own,
    baseline: baseline.estimates,
    ...(train ? { train } : {}),
    ...(comparison ? { comparison } : {}),
    ...(anchor ? { anchor } : {}),
  });
  const verdict = verdictOf(gates, validate.inconclusive);
  const metrics = metricResults(names, estimates, comparison, validate.bootstrap, ports);
  const { method, resamples, confidence, seed } = validate.bootstrap;
  const champion = comparison && {
    ...comparison.summary,
    ...betterThan(comparison, primary, validate.bootstrap),
  };
  const primaryResult = metrics[names.indexOf(primary)]!;
  const headline = headlineOf({
    verdict,
    primary: primaryResult,
    gates,
    champion,
    confidence,
    unit: input.unit,
  });
  const warnings = evaluationWarnings({
    ...input,
    rows,
    primary: primaryResult,
    outOfFold,
    random: random.fork('validation'),
  });
  return {
    version: 1,
    pipeline: input.pipeline,
    task,
    target: input.target,
    ...(input.unit === undefined ? {} : { unit: input.unit }),
    ...(predictions.task === 'regression' ? {} : { classes: [...predictions.classes] }),
    ...(positive === undefined ? {} : { positive }),
    rows: rows.count,
    ...(outOfFold ? { outOfFold } : {}),
    ...input.digests,
    ...(champion ? { champion } : {}),
    ...anchorSummary(input, anchor),
    ...(input.judged ? { judged: input.judged } : {}),
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
    ...evaluationDetails(rows, {
      random: random.fork('scatter'),
      confidence,
      decision: { threshold: input.threshold, costs },
      champion: comparison?.estimates && !comparison.summary.same ? input.champion?.predictions : undefined,
    }),
  };
}

/** The champion beside the slices, as far as it is known which judged rows it predicted. */
function sliceChampion(
  champion: ChampionInput | undefined,
  comparison: ChampionComparison | undefined,
  { factor, validate }: { readonly factor: number; readonly validate: ValidateConfig },
): { readonly champion?: SliceChampion } {
  if (!champion?.predictions || !comparison?.estimates) return {};
  const { predictions, rows, challenger } = champion;
  if (challenger && !rows) return {};
  const random = () => comparisonStream(validate.bootstrap);
  return { champion: { predictions, random, factor, ...(rows ? { rows } : {}) } };
}
