import type { CandidateEnd } from '../../../shared/model/training/fitting/candidate-job.ts';
import type { Progress } from '../../../shared/platform/logger.ts';

/** What a training thread says about a job: how far it is, and in the end what came of it. */
export type FromTraining =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'debug' | 'info' | 'warn'; readonly message: string }
  | CandidateEnd
  | { readonly kind: 'refused'; readonly message: string };
