import type { TrainingReport } from '../../report/training-report.ts';
import type { SavedEngine } from './fit-candidate.ts';

/** A trained model and how it came to be. */
export type TrainedModel = SavedEngine & {
  /** Binary: above which probability of the second class that is the answer; absent: 0.5. */
  readonly threshold?: number;
  /** Of every engine that trained a candidate. */
  readonly versions: Readonly<Record<string, string>>;
  readonly report: TrainingReport;
};
