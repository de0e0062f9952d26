import { classificationMetric, type Sample } from '../metric.ts';
import type { ClassificationPredictions } from '../predictions.ts';

/** Rows in descending order of a class's probability: sorted once, asked about many resamples. */
interface Ranking {
  /** Row numbers by descending score. */
  readonly rows: Uint32Array;
  /** 1 where the row is of the class, in that order. */
  readonly hits: Uint8Array;
  /** 1 where the next row's score is lower: the end of a group of ties. */
  readonly ends: Uint8Array;
}

function rank(p: ClassificationPredictions, index: number): Ranking {
  const k = p.classes.length;
  const scores = Float64Array.from(p.actual, (_, row) => p.probabilities![row * k + index]!);
  const rows = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const hits = Uint8Array.from(rows, (row) => (p.actual[row] === index ? 1 : 0));
  const ends = Uint8Array.from(rows, (row, i) => (i + 1 === rows.length || scores[rows[i + 1]!]! < scores[row]! ? 1 : 0));
  return { rows, hits, ends };
}

/** Area under the ROC curve by the rank statistic with ties at one half (Mann and Whitney 1947); NaN with one class only. */
function areaUnderRoc({ rows, hits, ends }: Ranking, { weights }: Sample): number {
  let positives = 0;
  let negatives = 0;
  let area = 0;
  let groupPositives = 0;
  let groupNegatives = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights ? weights[rows[i]!]! : 1;
    if (hits[i] === 1) groupPositives += weight;
    else groupNegatives += weight;
    if (ends[i] === 0) continue;
    area += groupNegatives * (positives + groupPositives / 2);
    positives += groupPositives;
    negatives += groupNegatives;
    groupPositives = 0;
    groupNegatives = 0;
  }
  return area / (positives * negatives);
}

/** Average precision: Σ (R_k − R_{k−1}) P_k over distinct scores; NaN without a positive. */
function averagePrecisionOf({ rows, hits, ends }: Ranking, { weights }: Sample): number {
  let positives = 0;
  let seen = 0;
  let groupPositives = 0;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights ? weights[rows[i]!]! : 1;
    seen += weight;
    if (hits[i] === 1) groupPositives += weight;
    if (ends[i] === 0 || groupPositives === 0) continue;
    positives += groupPositives;
    sum += (groupPositives * positives) / seen;
    groupPositives = 0;
  }
  return sum / positives;
}

/** A score of the positive class, or its mean over the classes, each against the rest. */
function overClasses(p: ClassificationPredictions, score: (ranking: Ranking, sample: Sample) => number): (sample: Sample) => number {
  const rankings = (p.classes.length === 2 ? [1] : p.classes.map((_, k) => k)).map((k) => rank(p, k));
  return (sample) => rankings.reduce((sum, ranking) => sum + score(ranking, sample), 0) / rankings.length;
}

/**
 * Area under the ROC curve of the positive class; for more classes the unweighted mean of one against the rest.
 * Undefined when a class does not occur. Source: scikit-learn `roc_auc_score(multi_class="ovr", average="macro")`.
 */
export const rocAuc = classificationMetric({
  name: 'roc-auc',
  better: 'higher',
  undefinedReason: 'a class does not occur among these rows, so there is nothing to rank it against',
  needsProbabilities: true,
  prepare: (p) => overClasses(p, areaUnderRoc),
});

/**
 * Average precision of the positive class; for more classes the unweighted mean of one against the rest. Undefined
 * when a class does not occur. Source: scikit-learn `average_precision_score(average="macro")`.
 */
export const averagePrecision = classificationMetric({
  name: 'average-precision',
  better: 'higher',
  undefinedReason: 'a class does not occur among these rows',
  needsProbabilities: true,
  prepare: (p) => overClasses(p, averagePrecisionOf),
});
