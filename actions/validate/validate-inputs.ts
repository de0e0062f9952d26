// What the verb validate takes and gives.
import type { Dataset } from '../../shared/artifacts/folders/dataset-folder.ts';
import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import type { JudgedRowsRecord, Looks } from '../../shared/metrics/evaluation/looks.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Evidence } from './evidence-rows.ts';
import type { Window } from './newer-rows.ts';

/** Inputs of the verb validate. */
export interface ValidateInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
  /** Folder of the champion's model, to compare with on the same unseen rows. */
  readonly champion?: string;
  /** What the champion is called, `fuel@v1.2.0`; default its pipeline's name. */
  readonly championName?: string;
  /** Digest of the champion's model as it was judged: a release leaves rare values and predictions of rows out of it. */
  readonly championModel?: string;
  /** How far the data of the champion goes, in event time; absent where it is not known. */
  readonly championWindow?: Window;
  /** Why the champion cannot be read, in place of its folder: there is one, and nothing can be compared with it. */
  readonly championProblem?: string;
  /** The version that gates `of: anchor` compare with; absent where it is not known. */
  readonly anchor?: AnchorInputs;
  /** What the champion's own evaluation says of the test rows that judged it. */
  readonly judgedBefore?: JudgedRowsRecord;
  /** The section `validate` of another ciclo.yml, such as the base branch's: the model is judged by its gates too. */
  readonly alsoUnder?: Config['validate'];
}

/** Which version the anchor is, and its model's folder as far as it is needed. */
export interface AnchorInputs {
  /** `fuel@v1.0.0`; that of the champion when it is the champion itself. */
  readonly name: string;
  readonly folder?: string;
  /** Digest of its model as it was judged. */
  readonly model?: string;
  readonly window?: Window;
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** How the model does under other rules, or why these rules cannot judge it: they name a column that is gone. */
export type OtherJudgement = { readonly evaluation: Evaluation } | { readonly reason: string };

/** What was judged, as it was read and checked: who shows an evaluation, or looks closer, need not read it again. */
export interface JudgedFolders {
  readonly dataset: Dataset<'train' | 'validation' | 'test' | 'filtered'>;
  readonly model: Model;
  readonly champion?: Model;
  readonly evidence: Pick<Evidence, 'rows' | 'predictions' | 'filtered' | 'folds'>;
}

/** What validate made. */
export interface ValidateOutputs {
  readonly folder: string;
  readonly digest: string;
  readonly fingerprint: string;
  readonly evaluation: Evaluation;
  /** How it would have ended under `alsoUnder`; absent when that declares the same. Not written anywhere. */
  readonly alsoUnder?: OtherJudgement;
  readonly reportPath: string;
  /** How many models the test rows have judged. */
  readonly looks: Looks;
  /** Those of them that are known from the run directory. */
  readonly judgedHere: JudgedRowsRecord;
  readonly judged: JudgedFolders;
}
