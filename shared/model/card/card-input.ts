import type { Config } from '../../config/sections/schema.ts';
import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { TrainingReport } from '../report/training-report.ts';

/** What a model card is filled from. */
export interface ModelCardInput {
  readonly pipeline: string;
  readonly config: Config;
  readonly schema: DatasetSchema;
  readonly quality?: QualityReport;
  readonly training: TrainingReport;
  /** Of the dataset: how a record is filled in for the example. */
  readonly recipe: Recipe;
  /** Present once the model was validated: the card is then that of a release. */
  readonly evaluation?: Evaluation;
  /** How far the rows go, in event time, as ciclo.lock says it. */
  readonly window?: { readonly column: string; readonly until: string } | undefined;
}

/** A number of the card, where one may be missing. */
export function cardNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value);
}
