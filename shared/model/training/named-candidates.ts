import type { Candidate } from '../../config/sections/train-section.ts';

/** A candidate with a name of its own. */
export interface NamedCandidate<Options extends Candidate = Candidate> {
  readonly name: string;
  readonly options: Options;
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
