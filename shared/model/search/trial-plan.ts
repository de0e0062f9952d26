/** A candidate whose settings are searched. */
export interface PlannedCandidate {
  /** Settings that there are beside its own. */
  readonly others: number;
  /** What one of them takes at most, in units of work. */
  readonly work: number;
}

/**
 * How many settings of each candidate are tried beside its own: one after the other has one more, until there are as many as
 * asked for, or the next would take more than all may. What one leaves over, since it has no more or they are too dear, others get.
 *
 * @param trials of all candidates together, their own among them.
 */
export function trialsOf(
  candidates: readonly PlannedCandidate[],
  { trials, work }: { readonly trials: number; readonly work: number },
): number[] {
  const counts = candidates.map(() => 0);
  let left = trials - candidates.length;
  let budget = work;
  for (let added = true; added && left > 0; ) {
    added = false;
    for (const [at, candidate] of candidates.entries()) {
      if (left <= 0 || counts[at]! >= candidate.others || candidate.work > budget) continue;
      counts[at]!++;
      budget -= candidate.work;
      left--;
      added = true;
    }
  }
  return counts;
}
