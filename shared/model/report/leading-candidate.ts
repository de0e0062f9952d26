import type { CandidateReport, TrainingReport } from './training-report.ts';

/** The candidate that the model is, or of a blend the part that weighs most. */
export function leadingCandidate({
  candidates,
  chosen,
  blend,
}: Pick<TrainingReport, 'candidates' | 'chosen' | 'blend'>): CandidateReport | undefined {
  const [heaviest] = blend?.parts.toSorted((a, b) => b.weight - a.weight) ?? [];
  const name = heaviest?.name ?? chosen;
  return candidates.find((candidate) => candidate.name === name);
}

/** What the model scores on the rows by which candidates were compared. */
export function chosenScore(
  training: Pick<TrainingReport, 'candidates' | 'chosen' | 'blend'>,
): number | undefined {
  return training.blend?.score ?? leadingCandidate(training)?.validation;
}
