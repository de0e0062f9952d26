import type { Portfolio } from '../candidates/portfolio.ts';
import type { CandidateData } from '../data/training-data.ts';
import type { Engines } from '../fitting/engines.ts';
import type { FoldData, TrainFoldsInput } from './fold-data.ts';
import type { JudgedRows } from './fold-rows.ts';

/** What a training on rows in folds works with. */
export interface FoldsContext {
  readonly input: TrainFoldsInput;
  readonly portfolio: Portfolio;
  readonly folds: readonly FoldData[];
  /** All rows. */
  readonly all: CandidateData;
  readonly judged: JudgedRows;
  readonly engines: Engines;
}
