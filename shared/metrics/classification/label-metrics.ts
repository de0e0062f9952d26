import { classificationMetric } from '../metric.ts';
import { type Confusion, confusionOf, scoresOfClass } from './confusion.ts';

const none = 'there are no rows';

/** Accuracy: the share of rows whose label is right. Source: scikit-learn `accuracy_score`. */
export const accuracy = classificationMetric({
  name: 'accuracy',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => {
    const { correct, total } = confusionOf(p, sample);
    return correct / total;
  },
});

/** Balanced accuracy: the mean recall of the classes that occur. Source: scikit-learn `balanced_accuracy_score`. */
export const balancedAccuracy = classificationMetric({
  name: 'balanced-accuracy',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => {
    const c = confusionOf(p, sample);
    let sum = 0;
    let present = 0;
    for (let i = 0; i < c.classes; i++) {
      if (c.actual[i] === 0) continue;
      present++;
      sum += c.counts[i * c.classes + i]! / c.actual[i]!;
    }
    return sum / present;
  },
});

type Score = 'precision' | 'recall' | 'f1';

/** The mean of a score over the classes that are actual or predicted, as scikit-learn takes them. */
function macro(c: Confusion, score: Score): number {
  let sum = 0;
  let present = 0;
  for (let i = 0; i < c.classes; i++) {
    if (c.actual[i] === 0 && c.predicted[i] === 0) continue;
    present++;
    sum += scoresOfClass(c, i)[score];
  }
  return sum / present;
}

/** The mean of a score weighted by how often each class occurs. */
function weighted(c: Confusion, score: Score): number {
  let sum = 0;
  for (let i = 0; i < c.classes; i++) sum += c.actual[i]! * scoresOfClass(c, i)[score];
  return sum / c.total;
}

/** Precision, unweighted mean over classes. Source: scikit-learn `precision_score(average="macro", zero_division=0)`. */
export const precisionMacro = classificationMetric({
  name: 'precision-macro',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => macro(confusionOf(p, sample), 'precision'),
});

/** Recall, unweighted mean over classes. Source: scikit-learn `recall_score(average="macro", zero_division=0)`. */
export const recallMacro = classificationMetric({
  name: 'recall-macro',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => macro(confusionOf(p, sample), 'recall'),
});

/** F1, unweighted mean over classes. Source: scikit-learn `f1_score(average="macro", zero_division=0)`. */
export const f1Macro = classificationMetric({
  name: 'f1-macro',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => macro(confusionOf(p, sample), 'f1'),
});

/** Precision, mean over classes weighted by support. Source: scikit-learn `precision_score(average="weighted")`. */
export const precisionWeighted = classificationMetric({
  name: 'precision-weighted',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => weighted(confusionOf(p, sample), 'precision'),
});

/** Recall, mean over classes weighted by support. Source: scikit-learn `recall_score(average="weighted")`. */
export const recallWeighted = classificationMetric({
  name: 'recall-weighted',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => weighted(confusionOf(p, sample), 'recall'),
});

/** F1, mean over classes weighted by support. Source: scikit-learn `f1_score(average="weighted")`. */
export const f1Weighted = classificationMetric({
  name: 'f1-weighted',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => weighted(confusionOf(p, sample), 'f1'),
});

/**
 * Matthews correlation coefficient, for any number of classes (Gorodkin 2004); 0 when a margin has one class only,
 * as scikit-learn `matthews_corrcoef` has it.
 */
export const mcc = classificationMetric({
  name: 'mcc',
  better: 'higher',
  undefinedReason: none,
  prepare: (p) => (sample) => {
    const c = confusionOf(p, sample);
    let crossed = 0;
    let actual = 0;
    let predicted = 0;
    for (let i = 0; i < c.classes; i++) {
      crossed += c.actual[i]! * c.predicted[i]!;
      actual += c.actual[i]! ** 2;
      predicted += c.predicted[i]! ** 2;
    }
    const square = c.total * c.total;
    const scale = Math.sqrt((square - actual) * (square - predicted));
    return scale === 0 ? 0 : (c.correct * c.total - crossed) / scale;
  },
});

/** Cohen's kappa: agreement beyond chance. Undefined when chance alone agrees always. Source: scikit-learn `cohen_kappa_score`. */
export const cohenKappa = classificationMetric({
  name: 'cohen-kappa',
  better: 'higher',
  undefinedReason: 'actual and predicted labels are all of one class, so chance alone agrees always',
  prepare: (p) => (sample) => {
    const c = confusionOf(p, sample);
    let chance = 0;
    for (let i = 0; i < c.classes; i++) chance += (c.actual[i]! / c.total) * (c.predicted[i]! / c.total);
    return chance >= 1 ? Number.NaN : (c.correct / c.total - chance) / (1 - chance);
  },
});
