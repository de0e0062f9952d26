import type { TrainConfig } from '../../../config/sections/train-section.ts';
import type { TargetTransform } from '../../ensemble/target-transform.ts';
import { seededCandidates } from '../candidates/named-candidates.ts';
import { learnsLogarithm } from '../candidates/portfolio.ts';
import { loggedData } from '../data/logged-data.ts';
import type { CandidateData } from '../data/training-data.ts';
import type { CandidateEnd } from './candidate-job.ts';
import type { Engines } from './engines.ts';
import { joinedMembers } from './fitted-members.ts';
import { type CandidatesPorts, type TrainingTask, trainCandidates } from './train-candidates.ts';

/**
 * Trains every model of every candidate in one queue: of a network one a seed; of a candidate that learns the target's
 * logarithm on that.
 *
 * @returns by task its models as one, or why one of them diverged.
 * @throws ConfigurationError when a candidate asks for what cannot be.
 */
export async function trainMembers(
  tasks: readonly TrainingTask[],
  {
    train,
    transform,
    engines,
  }: {
    readonly train: TrainConfig;
    readonly transform: TargetTransform | undefined;
    readonly engines: Engines;
  },
  ports: CandidatesPorts,
): Promise<readonly CandidateEnd[]> {
  const logged = new Map<CandidateData, CandidateData>();
  const dataOf = ({ candidate, data }: TrainingTask): CandidateData => {
    if (!learnsLogarithm(candidate.options)) return data;
    const known = logged.get(data) ?? loggedData(data);
    logged.set(data, known);
    return known;
  };
  const members = tasks.map((task) =>
    seededCandidates(task.candidate).map((candidate) => ({ ...task, candidate, data: dataOf(task) })),
  );
  const ends = await trainCandidates(members.flat(), train, engines, ports);
  let at = 0;
  return members.map((own, task): CandidateEnd => {
    const ofTask = ends.slice(at, at + own.length);
    at += own.length;
    const diverged = ofTask.find((end) => end.kind === 'diverged');
    if (diverged) return diverged;
    const fitted = ofTask.flatMap((end) => (end.kind === 'fitted' ? [end.fitted] : []));
    const isLogged = learnsLogarithm(tasks[task]!.candidate.options);
    return { kind: 'fitted', fitted: joinedMembers(fitted, isLogged ? transform : undefined) };
  });
}
