import { ofClasses, score } from './classifier-facts.ts';
import type { MetricDescriptor } from './descriptor.ts';
import { minusOneToOne, notNegative, zeroToTwo } from './limits.ts';
import { positiveClassDescriptors } from './positive-class.ts';

/** The metrics of classifiers, in the order in which they are shown. */
export const classificationDescriptors = [
  {
    ...score,
    name: 'accuracy',
    interval: 'share',
    title: 'share of rows that are right',
    meaning: 'The share of rows whose class is predicted right.',
    formula: 'correct / n',
    source: 'scikit-learn `accuracy_score`',
    primary: true,
  },
  {
    ...score,
    name: 'balanced-accuracy',
    interval: 'cells',
    title: 'balanced accuracy',
    meaning:
      'The share of rows predicted right within each class, averaged: a rare class counts as much as a common one.',
    formula: 'mean of tp / (tp + fn) over the classes that have rows',
    source:
      'scikit-learn `balanced_accuracy_score`; Brodersen et al., "The balanced accuracy and its posterior distribution", 2010',
  },
  ...positiveClassDescriptors,
  {
    ...score,
    name: 'precision-macro',
    interval: 'cells',
    title: 'precision, mean over classes',
    meaning: 'Of the rows given a class, the share that really has it; each class counts the same.',
    formula: 'mean of tp / (tp + fp) over the classes that occur; 0 for a class that no row is given',
    source: 'scikit-learn `precision_score(average="macro", zero_division=0)`',
  },
  {
    ...score,
    name: 'recall-macro',
    interval: 'cells',
    title: 'recall, mean over classes',
    meaning: 'Of the rows that have a class, the share that was found; each class counts the same.',
    formula:
      'mean of tp / (tp + fn) over the classes that occur, as actual or predicted; 0 for a class without actual rows',
    source: 'scikit-learn `recall_score(average="macro", zero_division=0)`',
  },
  {
    ...score,
    name: 'f1-macro',
    interval: 'cells',
    title: 'F1, mean over classes',
    meaning: 'The harmonic mean of precision and recall of each class, averaged; each class counts the same.',
    formula: 'mean of 2 tp / (2 tp + fp + fn) over the classes that occur',
    source:
      'scikit-learn `f1_score(average="macro", zero_division=0)`; van Rijsbergen, "Information Retrieval", 1979',
  },
  {
    ...score,
    name: 'precision-weighted',
    interval: 'cells',
    title: 'precision, weighted by class size',
    meaning: 'Precision of each class, averaged by how many rows the class has.',
    formula: 'Σ over classes: rows · tp / (tp + fp) / n; 0 for a class that no row is given',
    source: 'scikit-learn `precision_score(average="weighted", zero_division=0)`',
  },
  {
    ...score,
    name: 'recall-weighted',
    interval: 'share',
    title: 'recall, weighted by class size',
    meaning: 'Recall of each class, averaged by how many rows the class has; it equals accuracy.',
    formula: 'Σ over classes: rows · tp / (tp + fn) / n',
    source: 'scikit-learn `recall_score(average="weighted", zero_division=0)`',
  },
  {
    ...score,
    name: 'f1-weighted',
    interval: 'cells',
    title: 'F1, weighted by class size',
    meaning: 'F1 of each class, averaged by how many rows the class has.',
    formula: 'Σ over classes: rows · 2 tp / (2 tp + fp + fn) / n',
    source: 'scikit-learn `f1_score(average="weighted", zero_division=0)`',
  },
  {
    ...ofClasses,
    name: 'log-loss',
    interval: 'rows',
    title: 'logarithmic loss',
    meaning:
      'How surprised the predicted probabilities are by what really happened; being sure and wrong costs most. 0 is perfect.',
    formula: '−Σ ln p(actual class) / n, each p clipped to 2⁻⁵² … 1 − 2⁻⁵²',
    source: 'scikit-learn `log_loss` of 64-bit probabilities; Good, "Rational Decisions", 1952',
    better: 'lower',
    limits: notNegative,
    unit: 'none',
    reads: 'probabilities',
    primary: true,
  },
  {
    ...ofClasses,
    name: 'brier',
    interval: 'rows',
    title: 'Brier score',
    meaning: 'The mean squared distance between predicted probability and what happened. 0 is perfect.',
    formula:
      'binary: Σ (p(positive) − [positive])² / n, at most 1; several classes: Σ Σ over classes k: (p(k) − [k])² / n, at most 2',
    source:
      'scikit-learn `brier_score_loss(scale_by_half="auto")`; Brier, "Verification of forecasts expressed in terms of probability", 1950',
    better: 'lower',
    limits: zeroToTwo,
    unit: 'none',
    reads: 'probabilities',
  },
  {
    ...score,
    name: 'roc-auc',
    interval: 'ranks',
    title: 'area under the ROC curve',
    meaning:
      'The chance that a random positive row gets a higher score than a random negative one: 0.5 is guessing, 1 is perfect.',
    formula:
      'the Mann-Whitney statistic / (positives · negatives), ties counting half; of several classes the mean of each against the rest',
    source:
      'scikit-learn `roc_auc_score`, of several classes with `multi_class="ovr"`; Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982',
    reads: 'probabilities',
  },
  {
    ...score,
    name: 'average-precision',
    interval: 'ranks',
    title: 'average precision',
    meaning: 'Precision averaged over all thresholds: the area under the precision-recall curve.',
    formula:
      'Σ over the distinct probabilities t, descending: (recallₜ − recallₜ₋₁) · precisionₜ; of several classes the mean of each against the rest',
    source:
      'scikit-learn `average_precision_score`, macro; Zhu, "Recall, precision and average precision", 2004',
    reads: 'probabilities',
  },
  {
    ...score,
    name: 'mcc',
    interval: 'cells',
    title: 'Matthews correlation coefficient',
    meaning:
      'The correlation of predicted and true classes: 1 is perfect, 0 is guessing, −1 is always wrong.',
    formula: '(n · correct − Σ tₖpₖ) / √((n² − Σ pₖ²)(n² − Σ tₖ²)), tₖ rows of class k, pₖ rows given it',
    source:
      'scikit-learn `matthews_corrcoef`; Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004',
    limits: minusOneToOne,
    unit: 'none',
  },
  {
    ...score,
    name: 'cohen-kappa',
    interval: 'cells',
    title: "Cohen's kappa",
    meaning:
      'Agreement of predicted and true classes beyond what chance would give: 1 is perfect, 0 is chance.',
    formula: '(observed − expected) / (1 − expected), observed = correct / n, expected = Σ tₖpₖ / n²',
    source: 'scikit-learn `cohen_kappa_score`; Cohen, "A coefficient of agreement for nominal scales", 1960',
    limits: minusOneToOne,
    unit: 'none',
  },
  {
    ...score,
    name: 'ece',
    interval: 'calibration',
    title: 'expected calibration error',
    meaning:
      'How far predicted probabilities are from the shares that really happen, on average, beyond chance. 0 is perfect.',
    formula:
      'E = Σ over ten equal-width bins: share of rows · |gap|, gap = mean probability − share that happened; E · √max(0, 1 − Σ share · variance of gap / Σ share · gap²), 0 where chance explains it; binary of the positive class, else of the most probable one',
    source:
      'Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015, without what chance adds to it: Kumar, Liang and Ma, "Verified Uncertainty Calibration", 2019; of several classes Guo et al., "On Calibration of Modern Neural Networks", 2017',
    better: 'lower',
    reads: 'probabilities',
  },
] as const satisfies readonly MetricDescriptor[];
