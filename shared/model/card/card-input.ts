import type { Config } from '../../config/sections/schema.ts';
import type { QualityReport } from '../../dataset/quality/quality-report.ts';
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
  /** Present once the model was validated. */
  readonly evaluation?: Evaluation;
}

/** A number of the card, where one may be missing. */
export function cardNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value);
}
