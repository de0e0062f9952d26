import type { Better } from '../../metrics/descriptors/direction.ts';
import type { ChallengerOutcome } from '../../metrics/evaluation/challenger-outcome.ts';
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
  /** The challenger went into production: it was better, or the policy takes all. */
  readonly merged: boolean;
  /** What it was beside the model in production, on the rows at hand. */
  readonly outcome: ChallengerOutcome;
  /** Of the primary metric, as a share of what it was: −0.007 where an error fell by 0.7%; null where undefined. */
  readonly change: number | null;
}

/** What the check at the end of a period led to. */
export const replayEndings = [
  'deployed',
  'not-better',
  /** A change of structure: an issue, and no retraining. */
  'structure',
  'too-few-rows',
  'no-alarm',
] as const;

export type ReplayEnding = (typeof replayEndings)[number];

export interface ReplayCheck {
  readonly period: string;
  readonly ending: ReplayEnding;
}

/** What one policy would have led to. */
export interface ReplayPolicy {
  readonly name: ReplayPolicyName;
  /** The oldest first. */
  readonly points: readonly ReplayPoint[];
  readonly checks: readonly ReplayCheck[];
  readonly retrainings: readonly ReplayRetraining[];
  /** Checks that asked for a retraining, or would have but for a change of structure. */
  readonly alarms: number;
  /** Of the metric over the periods, each counting by its rows; null without any. */
  readonly mean: number | null;
}

/** A version that was in production, on all rows that came after its data. */
export interface ReplayVersion {
  readonly version: string;
  readonly points: readonly ReplayPoint[];
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
  /** The versions of the first policy, each on the same rows, period by period; the oldest first. */
  readonly versions: readonly ReplayVersion[];
  /** What happened under the first policy, in words. */
  readonly story: readonly { readonly period: string; readonly words: string }[];
}
