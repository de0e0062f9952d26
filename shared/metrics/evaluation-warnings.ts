import type { ValidateConfig } from '../config/sections/validate-section.ts';
import type { QualityReport } from '../dataset/quality/quality-report.ts';
import type { Random } from '../platform/random.ts';
import { counted } from '../text/counts.ts';
import { listNames } from '../text/nearest-name.ts';
import { formatEstimate, formatInterval, formatNumber } from '../text/number-format.ts';
import { measuredShare } from '../text/percent.ts';
import type { MetricName } from './descriptors/descriptors.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import type { EvaluationWarning } from './evaluation/evaluation-warning.ts';
import { testRowWord } from './evaluation/judged-rows-words.ts';
import type { MetricResult } from './evaluation/metric-result.ts';
import { estimatesOf } from './intervals/estimates.ts';
import { fewestRows, measured } from './intervals/measured.ts';
import { metricOf } from './registry/registry.ts';
import { type JudgedRows, judgedRows } from './rows/judged-rows.ts';
import type { Predictions } from './rows/predictions.ts';

/** From here on a result is nearly perfect. */
const nearlyPerfect = 0.999;
/** From here on it is so good that one or two columns which give it all are worth a look. */
const veryGood = 0.98;
const nearlyAll = 0.95;
/** A perfect result on fewer rows may be luck. */
const enoughRows = 50;
/** Labels other than the most frequent one: with fewer, whoever says that one is nearly perfect. */
const enoughOthers = 10;

/** What is known of a model and its data that a result which is too good may come from. */
export interface Evidence {
  /** Permutation importance of the features. */
  readonly importance: readonly { readonly feature: string; readonly mean: number }[];
  readonly quality: QualityReport;
}

/** Quality, in [.., 1], of the predictions beside what a naive model makes of them. */
interface Goodness {
  readonly name: string;
  readonly value: number;
}

/**
 * A word on a result that is too good to be true: nearly perfect (R², accuracy or area under the ROC curve of at least
 * 0.999), or very good (0.98; of labels the share of the naive model's errors that vanish) by one or two of at least
 * four features, whose permutation importance is 95% of all.
 */
export function tooGoodWarnings(
  rows: JudgedRows,
  target: string,
  { importance, quality }: Evidence,
  judged: { readonly outOfFold?: Evaluation['outOfFold'] | undefined } = {},
): EvaluationWarning[] {
  const { perfect, good } = goodnessOf(rows);
  const giving = givingColumns(importance);
  const isPerfect = perfect !== undefined && perfect.value >= nearlyPerfect;
  const byFew =
    good !== undefined && good.value >= veryGood && importance.length >= 4 && giving.columns.length <= 2;
  const shown = isPerfect ? perfect : byFew ? good : undefined;
  if (!shown) return [];
  const leaks = quality.checks.filter(({ check, status }) => check === 'leakage' && status !== 'pass');
  const parts = (quality.remarks ?? []).filter(({ kind }) => kind === 'parts-of-target');
  const columns = [
    ...new Set([...giving.columns, ...leaks.flatMap(({ column }) => (column === undefined ? [] : [column]))]),
  ];
  const who =
    columns.length === 0
      ? 'No column stands out'
      : `${listNames(columns, 5)} ${columns.length === 1 ? 'gives' : 'give'} ${giving.share >= nearlyAll ? `nearly all of it (${measuredShare(giving.share)} of the importance)` : 'most of it'}`;
  return [
    {
      kind: 'too-good',
      columns,
      message: [
        `Too good to be true? ${shown.name} is ${formatNumber(shown.value, { digits: 4 })} on ${counted(rows.count, testRowWord(judged))}. ${who}.`,
        `Look for parts of ${target}, for values that are set after ${target} is known, and for row numbers: will a new row have them before its ${target}?`,
        ...parts.map(({ message }) => `${message}.`),
        ...(columns.length === 0 || parts.length > 0
          ? []
          : ['prepare.exclude shows what is left without them.']),
      ].join(' '),
    },
  ];
}

function goodnessOf(rows: JudgedRows): { perfect?: Goodness; good?: Goodness } {
  if (rows.count < enoughRows || rows.defect !== undefined) return {};
  if (rows.task === 'regression') {
    const r2 = metricValue('r2', rows);
    return r2 === undefined ? {} : { perfect: { name: 'r2', value: r2 }, good: { name: 'r2', value: r2 } };
  }
  const counts = new Map<number, number>();
  for (const code of rows.actual) counts.set(code, (counts.get(code) ?? 0) + 1);
  const others = rows.count - Math.max(...counts.values());
  const accuracy = metricValue('accuracy', rows);
  if (others < enoughOthers || accuracy === undefined) return {};
  const area = rows.probabilities ? metricValue('roc-auc', rows) : undefined;
  const own = { name: 'accuracy', value: accuracy };
  return {
    perfect: area !== undefined && area > accuracy ? { name: 'roc-auc', value: area } : own,
    ...(1 - ((1 - accuracy) * rows.count) / others >= veryGood ? { good: own } : {}),
  };
}

function metricValue(name: MetricName, rows: JudgedRows): number | undefined {
  const value = metricOf(name).compute(rows);
  return 'value' in value ? value.value : undefined;
}

/** The fewest features that have nearly all importance, at most three, and the share of it that they have. */
function givingColumns(importance: Evidence['importance']): {
  readonly columns: string[];
  readonly share: number;
} {
  const positive = importance.filter(({ mean }) => mean > 0).toSorted((a, b) => b.mean - a.mean);
  const total = positive.reduce((sum, { mean }) => sum + mean, 0);
  const columns: string[] = [];
  let sum = 0;
  for (const { feature, mean } of positive.slice(0, 3)) {
    columns.push(feature);
    sum += mean;
    if (sum >= total * nearlyAll) break;
  }
  return { columns, share: total > 0 ? sum / total : 0 };
}

/**
 * A word on a model that is no better than the naive baseline on the same rows: where no gate compares the two, nothing else
 * says that nothing was learnt.
 *
 * @param primary the primary metric.
 */
export function noSkillWarnings({
  name,
  better,
  value,
  baseline,
}: Pick<MetricResult, 'name' | 'better' | 'value' | 'baseline'>): EvaluationWarning[] {
  if (value === null || baseline === undefined || baseline === null) return [];
  const isBetter = better === 'lower' ? value < baseline : value > baseline;
  if (isBetter || better === 'zero') return [];
  const [own, naive] = [value, baseline].map((one) => formatNumber(one, { digits: 4 }));
  return [
    {
      kind: 'no-skill',
      message: `No better than the naive baseline: ${name} is ${own}, and ${naive} of the baseline on the same rows. What was learnt from the features does not help on rows that were not seen. A gate stops such a model: { metric: ${name}, baseline: { better-by-at-least: 0% } }`,
    },
  ];
}

/** Metrics of squared errors: the largest errors decide them. */
const squaredMetrics: readonly string[] = ['rmse', 'r2', 'explained-variance'];
const largestErrors = 3;
/** Share of the squared error from which on so few rows are worth a word. */
const mostOfIt = 0.6;
/** Of fewer rows three are many. */
const rowsForShare = 30;

/**
 * A word on squared errors that three rows decide: what was measured hangs on them, and no interval can know what it would
 * be with three others. It is a word and no rule: samples without such rows cover worse, since theirs are still to come.
 *
 * @param judged the primary metric and those of gates.
 */
export function fewRowsWarnings(rows: JudgedRows, judged: readonly string[]): EvaluationWarning[] {
  const metric = judged.find((name) => squaredMetrics.includes(name));
  if (metric === undefined || rows.task !== 'regression' || rows.defect !== undefined) return [];
  if (rows.count < rowsForShare) return [];
  const { actual, predicted } = rows;
  const errors = new Float64Array(rows.count);
  const squares = new Float64Array(rows.count);
  let total = 0;
  for (let row = 0; row < errors.length; row++) {
    errors[row] = predicted[row]! - actual[row]!;
    squares[row] = errors[row]! ** 2;
    total += squares[row]!;
  }
  const largest = largestOf(squares, largestErrors);
  const share = largest.reduce((sum, row) => sum + squares[row]!, 0) / total;
  if (!(share >= mostOfIt)) return [];
  const written = largest.map((row) => formatNumber(errors[row]!, { digits: 3 }));
  return [
    {
      kind: 'few-rows',
      message: `Three of ${counted(rows.count, 'row')} carry ${measuredShare(share)} of the squared error (predicted less actual: ${written.join(', ')}). ${metric} hangs on them, and its interval holds the truth less often than it says. Look whether they are right; mae counts every error by its size`,
    },
  ];
}

/** The places of the largest values, the largest first; of equal ones the first. */
function largestOf(values: Float64Array, count: number): number[] {
  const largest: number[] = [];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (largest.length === count && !(value > values[largest[count - 1]!]!)) continue;
    const at = largest.findIndex((other) => value > values[other]!);
    largest.splice(at < 0 ? largest.length : at, 0, row);
    largest.length = Math.min(largest.length, count);
  }
  return largest;
}

/** What {@link validationWarnings} compares. */
export interface ValidationInput {
  /** The same model's of the validation rows. */
  readonly validation: Predictions;
  /** The primary metric of the test rows. */
  readonly test: MetricResult;
  readonly settings: ValidateConfig['bootstrap'];
  readonly random: Random;
}

/** A word on test rows that are not like the validation rows: the intervals of the primary metric do not overlap. */
export function validationWarnings({
  validation,
  test,
  settings,
  random,
}: ValidationInput): EvaluationWarning[] {
  const rows = judgedRows(validation);
  if (rows.count < fewestRows || test.value === null || test.low === null || test.high === null) return [];
  const metric = metricOf(test.name as MetricName);
  const [estimate] = estimatesOf({ metrics: [{ metric, rows }], settings, random });
  const { value, low, high } = measured(estimate!, settings);
  if (value === null || low === null || high === null) return [];
  if (low <= test.high && test.low <= high) return [];
  return [
    {
      kind: 'validation-gap',
      message: `${test.name} is ${formatEstimate({ value, low, high })} (${formatInterval(low, high)}) on the validation rows and ${formatEstimate(test)} (${formatInterval(test.low, test.high)}) on the test rows: further apart than chance explains. The two sides are not alike: look for a change in time (data.time, split.by), for groups of rows (data.group), and for an early choice of candidate on too few rows`,
    },
  ];
}
