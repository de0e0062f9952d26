import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import { counted } from '../../text/counts.ts';
import { listNames } from '../../text/nearest-name.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import type { MetricName } from '../descriptors/descriptors.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { EvaluationWarning } from '../evaluation/evaluation-warning.ts';
import { testRowWord } from '../evaluation/judged-rows-words.ts';
import { metricOf } from '../registry/registry.ts';
import type { JudgedRows } from '../rows/judged-rows.ts';

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
