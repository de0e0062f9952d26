// What is tried: candidates by name, their settings, and how much work each is.
import type { Candidate } from '../../../config/sections/candidates/candidate.ts';
import { settledByWork } from './settings.ts';
import type { TrainingSize } from './work.ts';

/** A candidate with a name of its own. */
export interface NamedCandidate<Options extends Candidate = Candidate> {
  readonly name: string;
  readonly options: Options;
  /** The fold whose model it is to be, from 0: it draws from random numbers of its own. */
  readonly fold?: number;
  /** Which of several networks of one candidate it is to be, from 1 (default); each draws from random numbers of its own. */
  readonly seed?: number;
  /** Which of the settings of a search it is, from 1. It draws what the candidate itself does, so that only the setting differs. */
  readonly trial?: number;
  /** Rounds, epochs or steps, where nothing stops it earlier: it is trained without validation rows. */
  readonly rounds?: number;
}

/** What progress and messages call a candidate. */
export function shownName({ name, fold, seed, trial, options }: NamedCandidate): string {
  const tried = trial === undefined ? name : `${name}, trial ${trial}`;
  const seeded = seed === undefined || seedsOf(options) === 1 ? tried : `${tried}, seed ${seed}`;
  return fold === undefined ? seeded : `${seeded} (fold ${fold + 1})`;
}

/** A candidate once for each of its seeds; where it has one, as it is. */
export function seededCandidates(candidate: NamedCandidate): readonly NamedCandidate[] {
  const seeds = seedsOf(candidate.options);
  return seeds === 1
    ? [candidate]
    : Array.from({ length: seeds }, (_, i): NamedCandidate => ({ ...candidate, seed: i + 1 }));
}

/** @throws TypeError while they are still `auto`: that is settled by the work of all trainings. */
function seedsOf(options: Candidate): number {
  if (options.type !== 'neural-network') return 1;
  if (options.seeds === 'auto') throw new TypeError('seeds is still auto; settle it before members are made');
  return options.seeds;
}

/**
 * Gives every candidate its name: its own, else its type, and where another has that, its type with the next free number from 2
 * on; and what must be the same in all its trainings.
 *
 * @param trainings of each: on how large a table, and how often.
 */
export function nameCandidates(
  candidates: readonly Candidate[],
  trainings: { readonly size: TrainingSize; readonly fits: number },
): NamedCandidate[] {
  const taken = new Set(candidates.flatMap(({ name }) => name ?? []));
  return candidates.map((options) => {
    const name = options.name ?? freeName(options.type, taken);
    taken.add(name);
    return { name, options: settledByWork(options, trainings.size, trainings.fits) };
  });
}

/** A name, or where it is taken the same with the first free number from 2 on: `blend-2`. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`;
  return name;
}
