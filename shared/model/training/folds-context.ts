import type { Engines } from './engines.ts';
import type { FoldData, TrainFoldsInput } from './fold-data.ts';
import type { JudgedRows } from './fold-rows.ts';
import type { Portfolio } from './portfolio.ts';
import type { CandidateData } from './training-data.ts';

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
