import type { Config } from '../../config/sections/schema.ts';
import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
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

/** A number for people: four significant digits, thousands grouped. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
