import type { Better } from '../../metrics/descriptors/direction.ts';
/** How a pipeline could have been kept up: never retrained, with every window, or when a check asked for it. */
export type ReplayPolicyName = 'never' | 'every-window' | 'on-drift' | 'on-performance';

/** The primary metric of the model that was in production, on the rows of one period. */
export interface ReplayPoint {
  /** In event time: `1976`. */
  readonly period: string;
  /** Null where the rows do not allow one. */
  readonly value: number | null;
  /** Of the interval. */
  readonly low: number | null;
  readonly high: number | null;
  readonly rows: number;
  /** The version that predicted: `v1.2.0`. */
  readonly model: string;
}

/** A model that was trained again. */
export interface ReplayRetraining {
  /** The period whose check asked for it. */
  readonly period: string;
  readonly reason: string;
  /** `v1.3.0`; of a challenger that was not merged, the version it would have had. */
  readonly version: string;
  /** The challenger was better and went into production. */
  readonly merged: boolean;
}

/** What one policy would have led to. */
export interface ReplayPolicy {
  readonly name: ReplayPolicyName;
  /** The oldest first. */
  readonly points: readonly ReplayPoint[];
  readonly retrainings: readonly ReplayRetraining[];
  /** Checks that asked for a retraining. */
  readonly alarms: number;
  /** Alarms after which the challenger was not better; null where that is not known. */
  readonly falseAlarms: number | null;
  /** Of the metric over the periods, each counting by its rows; null without any. */
  readonly mean: number | null;
}

/** What `ciclo replay` found by walking the event time of the data under several policies. */
export interface ReplayReport {
  readonly pipeline: string;
  /** The primary metric: `rmse`. */
  readonly metric: string;
  readonly better: Better;
  /** Of the target. */
  readonly unit?: string;
  /** All periods, the oldest first. */
  readonly periods: readonly string[];
  readonly policies: readonly ReplayPolicy[];
  /** What happened under the policy on-drift, in words. */
  readonly story: readonly { readonly period: string; readonly words: string }[];
}
