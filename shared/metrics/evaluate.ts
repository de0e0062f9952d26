import type { Task } from '../config/train-section.ts';
import type { MetricName, ValidateConfig } from '../config/validate-section.ts';
import type { Logger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import { bootstrap } from './bootstrap.ts';
import { type ChampionInput, compareWithChampion, comparisonOf } from './champion-comparison.ts';
import type { Evaluation, MetricResult } from './evaluation.ts';
import { detailsOf } from './evaluation-details.ts';
import { judgeGates } from './gates.ts';
import { headlineOf } from './headline.ts';
import { judgedRows } from './judged-rows.ts';
import { measured } from './measured.ts';
import type { Predictions } from './predictions.ts';
import { defaultMetrics, defaultPrimary, metricOf } from './registry.ts';
import type { SliceColumn } from './slice-groups.ts';
import { judgeSlices } from './slices.ts';
import { verdictOf } from './verdict.ts';

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
  readonly champion?: ChampionInput;
  readonly slices: readonly SliceColumn[];
  readonly validate: ValidateConfig;
  readonly digests?: Pick<Evaluation, 'model' | 'dataset' | 'predictions'>;
}

/**
 * Judges predictions: metrics with bootstrap intervals, against the naive model and the champion on the same rows
 * and resamples, slices, gates and the verdict. Pure and seeded: the same input gives the same evaluation.
 */
export function evaluate(input: EvaluateInput, ports: { readonly logger: Logger }): Evaluation {
  const { validate, predictions, task } = input;
  const rows = predictions.actual.length;
  const primary = validate.primary ?? defaultPrimary(task);
  const shown = [...new Set([primary, ...(validate.metrics ?? defaultMetrics(task))])];
  const names = [...new Set([...shown, ...validate.gates.map((gate) => gate.metric)])];
  const random = createRandom(validate.bootstrap.seed);
  const progress = (done: number): void =>
    ports.logger.progress({ task: 'bootstrap', done, total: validate.bootstrap.resamples });

  const own = judgedRows(predictions);
  const naive = input.baseline && judgedRows(input.baseline);
  const estimates = bootstrap({
    rows,
    metrics: [
      ...names.map((name) => metricOf(name).weigh(own)),
      ...(naive ? names.map((name) => metricOf(name).weigh(naive)) : []),
    ],
    settings: validate.bootstrap,
    random: random.fork('metrics'),
    progress,
  });
  const byName = new Map(names.map((name, i) => [name, estimates[i]!]));
  const baseline = naive && new Map(names.map((name, i) => [name, estimates[names.length + i]!]));
  const train = input.train && valuesOf(names, input.train);
  const comparison =
    input.champion &&
    compareWithChampion(input.champion, predictions, names, validate.bootstrap, random.fork('champion'));
  const theirs = input.champion?.predictions;
  const slices = judgeSlices({
    predictions,
    columns: input.slices,
    primary,
    validate,
    random: random.fork('slices'),
    ...(theirs && comparison?.estimates && !input.champion?.challenger
      ? { champion: { predictions: theirs, ...(input.champion?.rows ? { rows: input.champion.rows } : {}) } }
      : {}),
  });
  const gates = judgeGates({
    validate,
    estimates: byName,
    slices,
    ...(baseline ? { baseline } : {}),
    ...(train ? { train } : {}),
    ...(comparison ? { comparison } : {}),
  });
  const verdict = verdictOf(gates, validate.inconclusive);
  const metrics = names.map((name): MetricResult => {
    const naiveValue = baseline?.get(name)?.value;
    const champion = comparisonOf(name, comparison, validate.bootstrap);
    return {
      name,
      better: metricOf(name).better,
      ...measured(byName.get(name)!, validate.bootstrap),
      ...(naiveValue ? { baseline: 'value' in naiveValue ? naiveValue.value : null } : {}),
      ...(train ? { train: train.get(name) ?? null } : {}),
      ...(champion ? { champion } : {}),
    };
  });
  const { method, resamples, confidence, seed } = validate.bootstrap;
  return {
    version: 1,
    pipeline: input.pipeline,
    task,
    target: input.target,
    ...(input.unit === undefined ? {} : { unit: input.unit }),
    ...(predictions.task === 'regression' ? {} : { classes: [...predictions.classes] }),
    rows,
    ...input.digests,
    ...(comparison ? { champion: comparison.summary } : {}),
    verdict,
    headline: headlineOf(
      verdict,
      metrics.find((metric) => metric.name === primary)!,
      gates,
      confidence,
      input.unit,
    ),
    primary,
    bootstrap: { method, resamples, confidence, seed },
    inconclusive: validate.inconclusive,
    metrics,
    gates,
    slices,
    ...detailsOf(predictions, random.fork('scatter')),
  };
}

function valuesOf(names: readonly MetricName[], predictions: Predictions): Map<MetricName, number | null> {
  return new Map(
    names.map((name) => {
      const value = metricOf(name).compute(predictions);
      return [name, 'value' in value ? value.value : null];
    }),
  );
}
