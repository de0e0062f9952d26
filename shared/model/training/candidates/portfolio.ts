// The candidates of a training: those of ciclo.yml, or the portfolio.
import { type Candidate, candidateSchema } from '../../../config/sections/candidates/candidate.ts';
import type { TrainConfig } from '../../../config/sections/train-section.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { ConfigurationError, quote } from '../../../platform/errors.ts';
import { formatNumber } from '../../../text/number-format.ts';
import { logTransformOf, type TargetTransform } from '../../ensemble/target-transform.ts';
import type { Targets } from '../data/targets.ts';
import { type NamedCandidate, nameCandidates, seededCandidates } from './named-candidates.ts';
import type { TrainingSize } from './work.ts';

/** What a training trains, and how parts that learn the target's logarithm give numbers back. */
export interface Portfolio {
  readonly candidates: readonly Candidate[];
  /** Of a target that is never negative, and not always 0. */
  readonly transform: TargetTransform | undefined;
  /** Whether they are Ciclo's choice, and not those of ciclo.yml. */
  readonly isDefault: boolean;
}

/** The kinds of model in the portfolio: what each cannot do, another can. */
const kinds = ['linear', 'boosted-trees', 'neural-network'] as const;

/**
 * The candidates that ciclo.yml declares. Where it declares none: a linear model, boosted trees and a network; of a regression
 * whose target is never negative also each of the target's logarithm, which follows what grows by shares.
 *
 * @param targets of all rows that are to be learned from.
 * @throws ConfigurationError when a candidate is to learn the logarithm of a target that has none.
 */
export function portfolioOf(
  { candidates }: Pick<TrainConfig, 'candidates'>,
  { target }: Pick<DatasetSchema, 'target'>,
  targets: Targets,
): Portfolio {
  const transform = targets.kind === 'numbers' ? logTransformOf(targets.values) : undefined;
  if (!candidates) {
    const raw = kinds.map((type) => candidateSchema.parse({ type }));
    const logged = transform
      ? kinds.map((type) => candidateSchema.parse({ type, name: `${type}-log`, target: 'log1p' }))
      : [];
    return { candidates: [...raw, ...logged], transform, isDefault: true };
  }
  const logged = candidates.find(learnsLogarithm);
  if (logged && !transform) throw noLogarithm(logged.name ?? logged.type, target, targets);
  return { candidates, transform, isDefault: false };
}

/** Names of the candidates, and settings that depend on the work of all trainings. @param fits of each on how many sets of rows. */
export function namedPortfolio(
  { candidates, transform, isDefault }: Portfolio,
  size: TrainingSize,
  fits: number,
): NamedCandidate[] {
  // A copy that learns the logarithm takes as long as what it copies.
  const copies = isDefault && transform ? 2 : 1;
  return nameCandidates(candidates, { size, fits: copies * fits });
}

/** Whether a candidate learns ln(1 + target). */
export function learnsLogarithm(options: Candidate): boolean {
  return options.type !== 'command' && options.target === 'log1p';
}

/** Whether a candidate can be part of a blend: Ciclo trains it itself. */
export function isOwn({ type }: Candidate): boolean {
  return type !== 'command';
}

/** Whether the candidates are blended: two or more of Ciclo's own, unless that is not wanted. */
export function isBlending({ blend }: Pick<TrainConfig, 'blend'>, { candidates }: Portfolio): boolean {
  return blend && candidates.filter(isOwn).length > 1;
}

/** Whether a candidate's model is more than one, or turns its answers back. */
export function isSeveral(named: readonly NamedCandidate[]): boolean {
  return named.some((one) => seededCandidates(one).length > 1 || learnsLogarithm(one.options));
}

/** What is said in one line where no blend is made and one could be. */
export function blendNote(
  train: Pick<TrainConfig, 'blend'>,
  { candidates, isDefault }: Portfolio,
  {
    name,
    metric,
    score,
    blend,
  }: {
    /** Of the model, and what it scores. */
    readonly name: string;
    readonly metric: string;
    readonly score: number;
    /** What the blend of the candidates would score, where that was found. */
    readonly blend: number | undefined;
  },
): string | undefined {
  if (blend !== undefined && Number.isFinite(blend)) {
    if (train.blend) {
      return `${name} alone is better by ${metric} than the blend of the candidates: ${formatNumber(score)}, and the blend ${formatNumber(blend)}`;
    }
    return `train.blend is false: ${name} was picked, ${metric} ${formatNumber(score)}, where the blend of the candidates would reach ${formatNumber(blend)}`;
  }
  if (isDefault || !train.blend || candidates.length > 1 || !candidates.every(isOwn)) return undefined;
  return `one simple model, as train.candidates declares it: without that key Ciclo trains a linear model, boosted trees and networks, and blends them, which is mostly more accurate`;
}

function noLogarithm(name: string, target: string, targets: Targets): ConfigurationError {
  const least = targets.kind === 'numbers' ? targets.values.reduce((a, b) => Math.min(a, b)) : 0;
  const why = least < 0 ? `reaches ${least}` : 'is 0 in every training row';
  return new ConfigurationError(
    `train.candidates: ${quote(name)} has target: log1p, and ${quote(target)} ${why}: ln(1 + target) is for a target that is never negative and not always 0; leave target out`,
  );
}
