import type { Better } from './direction.ts';

/** What is predicted: a number, one of two classes, or one of several. */
export const tasks = ['regression', 'binary', 'multiclass'] as const;

export type Task = (typeof tasks)[number];

/** The values that a metric can take at all; an open side is infinite. */
export interface MetricLimits {
  readonly low: number;
  readonly high: number;
}

/** What a value is measured in: the target's unit, its square, a share (0.1 is ten percent), or nothing. */
export type MetricUnit = 'target' | 'target-squared' | 'share' | 'none';

/**
 * How the interval of a metric is made. `share`: exactly, of the counts; `cells`: draws of the confusion matrix; `rows`: draws of
 * the rows; `ranks`: draws of the rows of each class; `order`: exactly, between two of the sorted errors; `calibration`: by what
 * chance gives a calibrated model; `none`: there is none.
 */
export type IntervalMethod = 'share' | 'cells' | 'rows' | 'ranks' | 'order' | 'calibration' | 'none';

/** A number by which a metric is one of a family: the beta of F-beta. */
export interface MetricParameter {
  /** As it is written in ciclo.yml. */
  readonly name: string;
  readonly default: number;
  readonly limits: MetricLimits;
  readonly meaning: string;
}

/**
 * All that is known of a metric but its computation. Every list of metrics, check of a gate, title, unit and table is
 * derived from it.
 */
export interface MetricDescriptor {
  /** As it is written in ciclo.yml and shown beside its value: scikit-learn's name in kebab case. */
  readonly name: string;
  /** What it is called in plain words, as part of a sentence: `root mean squared error`. */
  readonly title: string;
  /** What it says, in one sentence for people who do not know it. */
  readonly meaning: string;
  /** n is the number of rows, Σ sums over them. */
  readonly formula: string;
  /** Markdown: the function of scikit-learn that has the same value, and where the metric was published. */
  readonly source: string;
  readonly tasks: readonly Task[];
  readonly better: Better;
  readonly limits: MetricLimits;
  readonly unit: MetricUnit;
  readonly interval: IntervalMethod;
  /** What it is computed from; predictions that are labels only have no probabilities. */
  readonly reads: 'numbers' | 'labels' | 'probabilities';
  /** Whether it decides where `validate.primary` is silent: one of those that judge a task and read the same. */
  readonly primary?: true;
  /** Of a binary task: the one class that it looks at. Absent when it looks at all rows or all classes. */
  readonly of?: 'positive-class';
  readonly parameter?: MetricParameter;
  /** A family whose members differ by what errors cost (`validate.decision.costs`). */
  readonly priced?: true;
}
