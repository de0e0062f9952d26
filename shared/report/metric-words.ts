/** What a metric is called and means, in plain words. */
export interface MetricWords {
  readonly title: string;
  readonly meaning: string;
  /** In the target's own unit. */
  readonly hasUnit?: true;
}

const words: Readonly<Record<string, MetricWords>> = {
  rmse: {
    title: 'root mean squared error',
    meaning:
      'The typical size of an error, in the unit of the target; large errors count more than small ones.',
    hasUnit: true,
  },
  mae: {
    title: 'mean absolute error',
    meaning: 'The average size of an error, in the unit of the target; every error counts by its size.',
    hasUnit: true,
  },
  'median-absolute-error': {
    title: 'median absolute error',
    meaning: 'Half of the errors are smaller than this; a few wild ones do not move it.',
    hasUnit: true,
  },
  mape: {
    title: 'mean absolute percentage error',
    meaning: 'The average error as a share of the true value: 0.1 is ten percent.',
  },
  smape: {
    title: 'symmetric mean absolute percentage error',
    meaning: 'Like mape, but relative to the mean of true and predicted value, so that it stays bounded.',
  },
  r2: {
    title: 'coefficient of determination',
    meaning:
      'The share of the variation that the model explains: 1 is perfect, 0 is no better than always saying the mean.',
  },
  'explained-variance': {
    title: 'explained variance',
    meaning: 'Like r2, but a constant offset of the predictions is forgiven.',
  },
  'max-error': { title: 'largest error', meaning: 'The worst single prediction.', hasUnit: true },
  'mean-bias': {
    title: 'mean bias',
    meaning: 'The average of predicted minus actual: above zero the model guesses too high, below too low.',
    hasUnit: true,
  },
  pinball: {
    title: 'pinball loss',
    meaning: 'The loss of a quantile forecast: errors on one side cost more than on the other.',
    hasUnit: true,
  },
  accuracy: {
    title: 'share of rows that are right',
    meaning: 'The share of rows whose class is predicted right.',
  },
  'balanced-accuracy': {
    title: 'balanced accuracy',
    meaning:
      'The share of rows predicted right within each class, averaged: a rare class counts as much as a common one.',
  },
  'precision-macro': {
    title: 'precision, mean over classes',
    meaning: 'Of the rows given a class, the share that really has it; each class counts the same.',
  },
  'recall-macro': {
    title: 'recall, mean over classes',
    meaning: 'Of the rows that have a class, the share that was found; each class counts the same.',
  },
  'f1-macro': {
    title: 'F1, mean over classes',
    meaning: 'The harmonic mean of precision and recall of each class, averaged; each class counts the same.',
  },
  'precision-weighted': {
    title: 'precision, weighted by class size',
    meaning: 'Precision of each class, averaged by how many rows the class has.',
  },
  'recall-weighted': {
    title: 'recall, weighted by class size',
    meaning: 'Recall of each class, averaged by how many rows the class has; it equals accuracy.',
  },
  'f1-weighted': {
    title: 'F1, weighted by class size',
    meaning: 'F1 of each class, averaged by how many rows the class has.',
  },
  'log-loss': {
    title: 'logarithmic loss',
    meaning:
      'How surprised the predicted probabilities are by what really happened; being sure and wrong costs most. 0 is perfect.',
  },
  brier: {
    title: 'Brier score',
    meaning: 'The mean squared distance between predicted probability and what happened. 0 is perfect.',
  },
  'roc-auc': {
    title: 'area under the ROC curve',
    meaning:
      'The chance that a random positive row gets a higher score than a random negative one: 0.5 is guessing, 1 is perfect.',
  },
  'average-precision': {
    title: 'average precision',
    meaning: 'Precision averaged over all thresholds: the area under the precision-recall curve.',
  },
  mcc: {
    title: 'Matthews correlation coefficient',
    meaning:
      'The correlation of predicted and true classes: 1 is perfect, 0 is guessing, −1 is always wrong.',
  },
  'cohen-kappa': {
    title: "Cohen's kappa",
    meaning:
      'Agreement of predicted and true classes beyond what chance would give: 1 is perfect, 0 is chance.',
  },
  ece: {
    title: 'expected calibration error',
    meaning:
      'How far predicted probabilities are from the shares that really happen, on average. 0 is perfect.',
  },
};

/** A metric's title and meaning; for a metric that is not known here, its name. */
export function metricWords(name: string): MetricWords {
  return words[name] ?? { title: name.replaceAll('-', ' '), meaning: '' };
}

/** The unit in which a metric of this target is given; undefined when it has none. */
export function metricUnit(name: string, targetUnit: string | undefined): string | undefined {
  return words[name]?.hasUnit ? targetUnit : undefined;
}

/** Which way is better, as words. */
export function directionWords(better: 'lower' | 'higher' | 'zero'): string {
  return better === 'zero' ? 'closer to zero is better' : `${better} is better`;
}
