import type { Candidate } from '../../config/sections/train-section.ts';

/** A candidate with a name of its own. */
export interface NamedCandidate<Options extends Candidate = Candidate> {
  readonly name: string;
  readonly options: Options;
  /** The fold whose model it is to be, from 0: it draws from random numbers of its own. */
  readonly fold?: number;
  /** Which of several models of a network, from 1; absent: the first. Each draws from random numbers of its own. */
  readonly seed?: number;
  /** Rounds, epochs or steps, where nothing stops it earlier: it is trained without validation rows. */
  readonly rounds?: number;
}

/** What progress and messages call a candidate. */
export function shownName({ name, fold, seed = 1 }: NamedCandidate): string {
  const seeded = seed === 1 ? name : `${name}, seed ${seed}`;
  return fold === undefined ? seeded : `${seeded} (fold ${fold + 1})`;
}

/** The models that a candidate is the mean of: of a network one a seed. */
export function seededCandidates(candidate: NamedCandidate): readonly NamedCandidate[] {
  const { seeds } = candidate.options as { readonly seeds?: unknown };
  if (typeof seeds !== 'number' || seeds === 1) return [candidate];
  return Array.from({ length: seeds }, (_, at) => ({ ...candidate, seed: at + 1 }));
}

/** Gives every candidate its name: its own, else its type, numbered from the second of a type on. */
export function nameCandidates(candidates: readonly Candidate[]): NamedCandidate[] {
  const seen = new Map<string, number>();
  return candidates.map((options) => {
    const wanted = options.name ?? options.type;
    const count = (seen.get(wanted) ?? 0) + 1;
    seen.set(wanted, count);
    return { name: count === 1 ? wanted : `${wanted}-${count}`, options };
  });
}
