import { score } from './classifier-facts.ts';
import type { MetricDescriptor } from './descriptor.ts';
import { notNegative } from './limits.ts';

/** What scores of the positive class have in common. */
const ofPositive = { ...score, tasks: ['binary'], of: 'positive-class' } as const;

/** The metrics of the positive class of a binary task, in the order in which they are shown. */
export const positiveClassDescriptors = [
  {
    ...ofPositive,
    name: 'precision',
    interval: 'share',
    title: 'precision of the positive class',
    meaning: 'Of the rows predicted to be of the positive class, the share that really is.',
    formula: 'tp / (tp + fp)',
    source:
      'scikit-learn `precision_score(pos_label=…)`; undefined when no row is predicted to be of the class',
  },
  {
    ...ofPositive,
    name: 'recall',
    interval: 'share',
    title: 'recall of the positive class',
    meaning: 'Of the rows that really are of the positive class, the share that is found.',
    formula: 'tp / (tp + fn)',
    source: 'scikit-learn `recall_score(pos_label=…)`; undefined when no row is of the class',
  },
  {
    ...ofPositive,
    name: 'specificity',
    interval: 'share',
    title: 'specificity',
    meaning: 'Of the rows that are not of the positive class, the share that is left alone.',
    formula: 'tn / (tn + fp)',
    source:
      'scikit-learn `recall_score` of the other class; undefined when every row is of the positive class',
  },
  {
    ...ofPositive,
    name: 'f1',
    interval: 'share',
    title: 'F1 of the positive class',
    meaning: 'The harmonic mean of precision and recall of the positive class.',
    formula: '2 tp / (2 tp + fp + fn)',
    source: 'scikit-learn `f1_score(pos_label=…)`; van Rijsbergen, "Information Retrieval", 1979',
  },
  {
    ...ofPositive,
    name: 'f-beta',
    interval: 'cells',
    title: 'F-beta of the positive class',
    meaning:
      'Precision and recall of the positive class in one number, in which recall counts beta times as much as precision.',
    formula: '(1 + β²) tp / ((1 + β²) tp + β² fn + fp)',
    source: 'scikit-learn `fbeta_score(pos_label=…)`; van Rijsbergen, "Information Retrieval", 1979',
    parameter: {
      name: 'beta',
      default: 2,
      limits: { low: 0, high: Number.POSITIVE_INFINITY },
      meaning: 'How many times as much recall counts as precision.',
    },
  },
  {
    ...ofPositive,
    name: 'cost',
    interval: 'cells',
    title: 'mean cost of a row',
    meaning:
      'What errors cost, by the costs of a missed row and of a false alarm in validate.decision.costs. 0 is without errors.',
    formula: '(missed · fn + false-alarm · fp) / n',
    source:
      'scikit-learn `zero_one_loss` where both cost 1; Elkan, "The Foundations of Cost-Sensitive Learning", 2001',
    better: 'lower',
    limits: notNegative,
    unit: 'none',
    priced: true,
  },
] as const satisfies readonly MetricDescriptor[];
