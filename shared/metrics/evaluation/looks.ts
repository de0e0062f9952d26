import { normalCumulative, normalDensity, normalQuantile } from '../../algebra/normal-distribution.ts';
import { counted } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import type { Evaluation } from './evaluation.ts';

/** How often the same test rows have judged, as far as it is known. */
export interface Looks {
  /** Distinct models, with the one that is judged now. */
  readonly models: number;
  /** How many of them are known from where: the versions that led to the one in production, and this run directory. */
  readonly versions: number;
  readonly runs: number;
  /** See {@link luckyWinnerChance}. */
  readonly luckyWinner: number;
}

/** The models that some test rows have judged. */
export type JudgedRowsRecord = NonNullable<Evaluation['judged']>;

/**
 * Adds a model to those that the same rows have judged. Once rows have come or gone, counting starts anew.
 *
 * @param before of an earlier evaluation; counts when it was of these rows.
 */
export function withModel(
  before: JudgedRowsRecord | undefined,
  { rows, model }: { readonly rows: string; readonly model: string },
): JudgedRowsRecord {
  const known = before?.rows === rows ? before.models : [];
  return { rows, models: known.includes(model) ? known : [...known, model] };
}

/** Counts the models of both records together. */
export function looksOf(versions: JudgedRowsRecord, runs: JudgedRowsRecord): Looks {
  const models = new Set([...versions.models, ...runs.models]).size;
  return {
    models,
    versions: versions.models.length,
    runs: runs.models.length,
    luckyWinner: luckyWinnerChance(models),
  };
}

const steps = 480;
const reach = 8;

/**
 * The probability that of k models that are all as good as the champion at least one looks surely better (its gain's 95%
 * interval lies above 0) by chance: P(max Zᵢ > z), z the 97.5% quantile.
 *
 * The k gains share the champion's errors, and where any two of the models' errors are alike correlated, any two gains are
 * correlated by ½, whatever that correlation is: the many-to-one comparison of Dunnett, "A Multiple Comparison Procedure for
 * Comparing Several Treatments with a Control", 1955. So the chance is 1 − ∫ φ(t) Φ(√2 z − t)ᵏ dt, here by Simpson's rule.
 * Models that are more alike to each other than to the champion have a smaller one.
 *
 * @param k at least 1.
 * @example luckyWinnerChance(37) // 0.279
 */
export function luckyWinnerChance(k: number): number {
  const z = Math.SQRT2 * normalQuantile(0.975);
  const width = (2 * reach) / steps;
  let none = 0;
  for (let i = 0; i <= steps; i++) {
    const t = i * width - reach;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    none += weight * normalDensity(t) * normalCumulative(z - t) ** k;
  }
  return 1 - (none * width) / 3;
}

/** What is said of test rows that have judged several models; undefined of a single one. */
export function looksWords({ models, versions, runs, luckyWinner }: Looks): string | undefined {
  if (models < 2) return undefined;
  const where = [
    ...(versions > 1 ? [`${counted(versions - 1, 'earlier version')} in production`] : []),
    ...(runs > 1 ? [`${counted(runs, 'model')} in this run directory`] : []),
  ];
  return `Judged ${models} times: these rows have judged so many models since rows last came (counted: ${where.join(', ')}). Chance of a lucky winner, were all as good as the champion: ${measuredShare(luckyWinner)}.`;
}

/** The same of what an evaluation itself knows: the versions that led to the one in production. */
export function looksOfEvaluation({ judged }: Pick<Evaluation, 'judged'>): Looks | undefined {
  return judged && looksOf(judged, { ...judged, models: judged.models.slice(-1) });
}
