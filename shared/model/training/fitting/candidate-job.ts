import type { TrainConfig } from '../../../config/sections/train-section.ts';
import type { Logger } from '../../../platform/logger.ts';
import { createRandom, type Random } from '../../../platform/random.ts';
import { DivergenceError } from '../../network/divergence.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import type { CandidateData } from '../data/training-data.ts';
import { createEngines } from './engines.ts';
import { type CandidatePorts, type FittedCandidate, fitCandidate } from './fit-candidate.ts';

/** A candidate's training as plain data, so that it can go to another thread; large arrays are in shared memory. */
export interface CandidateJob {
  readonly candidate: NamedCandidate;
  readonly train: TrainConfig;
  readonly data: CandidateData;
}

/** How it ended. */
export type CandidateEnd =
  | { readonly kind: 'fitted'; readonly fitted: FittedCandidate }
  | { readonly kind: 'diverged'; readonly message: string };

/**
 * The random numbers of a candidate: its own, whichever others there are and wherever it is trained; in each fold others, and for
 * each seed after the first.
 */
export function randomOf(
  { seed: common }: Pick<TrainConfig, 'seed'>,
  { name, fold, seed = 1 }: Pick<NamedCandidate, 'name' | 'fold' | 'seed'>,
): Random {
  const own = createRandom(common).fork('train').fork(name);
  const inFold = fold === undefined ? own : own.fork(`fold ${fold + 1}`);
  return seed === 1 ? inFold : inFold.fork(`seed ${seed}`);
}

/**
 * Trains a candidate; that its loss is no longer finite is an answer.
 *
 * @throws ConfigurationError when its options ask for what cannot be.
 */
export async function endOf(
  { candidate, train, data }: CandidateJob,
  ports: Omit<CandidatePorts, 'random'>,
): Promise<CandidateEnd> {
  try {
    const fitted = await fitCandidate(candidate, data, { ...ports, random: randomOf(train, candidate) });
    return { kind: 'fitted', fitted };
  } catch (error) {
    if (error instanceof DivergenceError) return { kind: 'diverged', message: error.message };
    throw error;
  }
}

/** Does a job on the thread that it was sent to. */
export function doJob(job: CandidateJob, logger: Logger): Promise<CandidateEnd> {
  const { dense } = createEngines(job.train, new Set(), logger, undefined);
  return endOf(job, { dense, logger });
}
