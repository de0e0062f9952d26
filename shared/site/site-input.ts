import type { Profile } from '../dataset/profile/profile.ts';
import type { HistoryLine } from '../drift/history/history-line.ts';
import type { Task } from '../metrics/descriptors/descriptor.ts';
import type { Better } from '../metrics/descriptors/direction.ts';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { ModelBundle } from '../model/predictor/predictor.ts';
import type { TrainingReport } from '../model/report/training-report.ts';

/** What a site is made of. */
export interface SiteInput {
  readonly pipelines: readonly PipelineSite[];
  /** Pipelines whose folders are part of the site already: the index lists them too. */
  readonly others?: readonly PipelineSummary[];
}

/** One pipeline: the model that is live, and those before it. */
export interface PipelineSite {
  /** `[a-z][a-z0-9-]*`: the name of its folder too. */
  readonly name: string;
  /** `description` of ciclo.yml. */
  readonly description?: string;
  readonly model: ModelBundle;
  /** The published profile of the training rows: the typical row is taken from it. */
  readonly profile: Profile;
  readonly evaluation: Evaluation;
  readonly training?: TrainingReport;
  /** Regression: how far off the answers are. Without it the page says only what the evaluation measured. */
  readonly uncertainty?: PredictionIntervals;
  /** card.md */
  readonly card: string;
  /** report.html of the evaluation. */
  readonly report?: string;
  /** Every version, in any order. */
  readonly versions: readonly SiteVersion[];
  /** What checks of the live data found, the oldest first. */
  readonly history?: readonly HistoryLine[];
  readonly links?: readonly SiteLink[];
}

/** Split-conformal half-widths: the answer ± one of them holds the truth in that share of rows. */
export interface PredictionIntervals {
  /** Rows whose residuals they were taken from. */
  readonly rows: number;
  readonly intervals: readonly {
    /** 0 to 1. */
    readonly level: number;
    /** In the target's unit; null when there are too few rows for this level. */
    readonly halfWidth: number | null;
  }[];
}

/** A line of the history. */
export interface SiteVersion {
  /** `v1.2.0` */
  readonly version: string;
  /** `production`; undefined when it has no stage now. */
  readonly stage?: string;
  /** This is the version that the site predicts with. At most one is. */
  readonly live: boolean;
  readonly metric?: VersionMetric;
  /** The event time of its data, for people: `1970 to 1976`. */
  readonly window?: string;
  /** ISO 8601. */
  readonly date: string;
  /** Of the commit that trained it. */
  readonly commit: string;
  /** Its release. */
  readonly href?: string;
}

export interface VersionMetric {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly better: Better;
}

export interface SiteLink {
  readonly label: string;
  /** https or http, or relative to the pipeline's folder. */
  readonly href: string;
}

/** What the index says of a pipeline; also `summary.json` in its folder. */
export interface PipelineSummary {
  readonly name: string;
  readonly description?: string;
  readonly task: Task;
  readonly target: string;
  readonly unit?: string;
  /** The live one. */
  readonly version?: string;
  readonly date?: string;
  readonly versions: number;
  readonly metric?: VersionMetric;
}
