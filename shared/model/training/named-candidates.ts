import type { Candidate } from '../../config/sections/train-section.ts';

/** A candidate with a name of its own. */
export interface NamedCandidate<Options extends Candidate = Candidate> {
  readonly name: string;
  readonly options: Options;
  /** The fold whose model it is to be, from 0: it draws from random numbers of its own. */
  readonly fold?: number;
  /** Rounds, epochs or steps, where nothing stops it earlier: it is trained without validation rows. */
  readonly rounds?: number;
}

/** What progress and messages call a candidate. */
export function shownName({ name, fold }: NamedCandidate): string {
  return fold === undefined ? name : `${name} (fold ${fold + 1})`;
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
