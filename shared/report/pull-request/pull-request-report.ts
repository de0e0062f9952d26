import type { DeclarationChange } from '../../config/declaration/declaration-changes.ts';
import type { DataChanges } from '../../dataset/profile/data-changes.ts';
import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { Looks } from '../../metrics/evaluation/looks.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';

/** What this pull request changes in the declaration, and how the base branch's gates would judge it. */
export interface Declaration {
  /** The branch to merge into. */
  readonly base: string;
  readonly changes: readonly DeclarationChange[];
  /** Of the base branch's gates on the same model: `same` when they are the ones; absent when they could not be evaluated. */
  readonly verdict?: Pick<Evaluation, 'verdict' | 'headline' | 'gates'> | 'same';
  /**
   * Whether somebody agreed to what is not provably tighter; absent where that was not asked. `stops`: the job fails until
   * somebody does. `why`: what there is and does not count.
   */
  readonly agreement?:
    | { readonly state: 'agreed'; readonly by: string; readonly how: 'review' | 'label' }
    | { readonly state: 'awaited'; readonly why: readonly string[]; readonly stops: boolean };
}

export interface Provenance {
  /** The judged commit, in full. */
  readonly commit: string;
  /** SHA-256, as the manifests say them. */
  readonly digests: { readonly dataset?: string; readonly model?: string; readonly evaluation: string };
  /** Of the evaluation: the same fingerprint, the same bytes. */
  readonly fingerprint: string;
  /** Ciclo's. */
  readonly version: string;
  /** `tensorflow.js 4.22.0, wasm`. */
  readonly engine?: string;
  readonly reproducible?: boolean;
}

/** Addresses of the web; what is not one is left out. */
export interface Links {
  readonly run?: string;
  /** The artifact that holds report.html and evaluation.json. */
  readonly report?: string;
  /** ciclo.yml at the judged commit. */
  readonly config?: string;
}

/** All that a comment, a check and a job summary are rendered from; only the evaluation is always there. */
export interface PullRequestReport {
  readonly evaluation: Evaluation;
  /** How many models the test rows have judged. */
  readonly looks?: Looks;
  readonly declaration?: Declaration;
  readonly training?: TrainingReport;
  readonly quality?: QualityReport;
  readonly schema?: DatasetSchema;
  /** Against the champion's training data. */
  readonly data?: DataChanges;
  readonly provenance: Provenance;
  readonly links: Links;
  /** `fork`: the figures were made by a run of somebody else's, and are shown as theirs. */
  readonly origin: 'repository' | 'fork';
  /** Lines for a shell, each a command, that give the same figures in a checkout. */
  readonly command: readonly string[];
}
