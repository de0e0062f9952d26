import { normalCumulative, normalDensity, normalQuantile } from '../../algebra/normal-distribution.ts';
import { sha256 } from '../../platform/digest.ts';
import { digestPattern } from '../../platform/digest-pattern.ts';
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
  /** In this pull request; absent where there is none. */
  readonly pullRequest?: number;
  /** See {@link luckyWinnerChance}. */
  readonly luckyWinner: number;
}

/** The models that some test rows have judged. */
export type JudgedRowsRecord = NonNullable<Evaluation['judged']>;

/**
 * Adds a model to those that the same rows have judged. Once rows have come or gone, counting starts again.
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

/** The models that some test rows have judged in one pull request; rows and models by their {@link shortDigest}. */
export interface PullRequestRecord extends JudgedRowsRecord {
  /** How many older ones are no longer in the list. */
  readonly unlisted: number;
}

/** How much a {@link PullRequestRecord} holds at most: it has to fit a comment. */
export const pullRequestLimits = { models: 500, unlisted: 1_000_000 } as const;

/**
 * The same in a pull request. Of more models than {@link pullRequestLimits} the newest are listed, and the others are a count:
 * one of those that is judged again counts twice.
 *
 * @param before records of this pull request, usually one; those of other rows do not count.
 */
export function withModelInPullRequest(
  before: readonly PullRequestRecord[],
  look: { readonly rows: string; readonly model: string },
): PullRequestRecord {
  const rows = shortDigest(look.rows);
  const known = before.filter((record) => record.rows === rows);
  const listed = [...new Set(known.flatMap(({ models }) => models))];
  const { models } = withModel({ rows, models: listed }, { rows, model: shortDigest(look.model) });
  const over = Math.max(0, models.length - pullRequestLimits.models);
  const unlisted = Math.max(0, ...known.map((record) => record.unlisted)) + over;
  return { rows, models: models.slice(over), unlisted: Math.min(unlisted, pullRequestLimits.unlisted) };
}

/** What {@link shortDigest} gives. */
export const shortDigestPattern = /^x[0-9a-f]{12}$/;

/**
 * A digest's first 12 digits, so that of 500 models two look alike once in a billion times, after an `x`: GitHub links what
 * looks like a commit. Any other text is digested first.
 *
 * @example shortDigest('sha256:c1814e7305390a49f69878fa7efc5912045b7158a5a34ac857e8f3d4d11b9dcd') // 'xc1814e730539'
 */
export function shortDigest(text: string): string {
  const prefix = 'sha256:'.length;
  return `x${(digestPattern.test(text) ? text : sha256(text)).slice(prefix, prefix + 12)}`;
}

/** Where models are known from that the same test rows have judged. */
export interface KnownLooks {
  readonly versions: JudgedRowsRecord;
  readonly runs?: JudgedRowsRecord;
  readonly pullRequest?: PullRequestRecord;
}

/** Counts the models of all records together. */
export function looksOf({ versions, runs, pullRequest }: KnownLooks): Looks {
  const known = [...versions.models, ...(runs?.models ?? [])].map(shortDigest);
  const unlisted = pullRequest?.unlisted ?? 0;
  const models = new Set([...known, ...(pullRequest?.models ?? [])]).size + unlisted;
  return {
    models,
    versions: versions.models.length,
    runs: runs?.models.length ?? 0,
    ...(pullRequest ? { pullRequest: pullRequest.models.length + unlisted } : {}),
    luckyWinner: luckyWinnerChance(models),
  };
}

const steps = 480;
const reach = 8;

/**
 * The probability that of k models that are all as good as the champion at least one looks clearly better (its gain's 95%
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
export function looksWords(looks: Looks): string | undefined {
  const { models, luckyWinner } = looks;
  if (models < 2) return undefined;
  return `Test rows reused: they have evaluated ${models} models since new rows last arrived (${countedWords(looks)}). If all were only as good as the champion, the chance that one looks better by luck is ${measuredShare(luckyWinner)}.`;
}

function countedWords({ versions, runs, pullRequest }: Looks): string {
  const where = [
    ...(versions > 1 ? [`${counted(versions - 1, 'earlier version')} in production`] : []),
    ...(pullRequest !== undefined && pullRequest > 1
      ? [`${counted(pullRequest, 'model')} in this pull request`]
      : []),
    ...(runs > 1 ? [`${counted(runs, 'model')} in this run directory`] : []),
  ].join(', ');
  return `counted: ${where}${pullRequest === undefined ? '' : '; not counted: models tried elsewhere'}`;
}

/** The same of what an evaluation itself knows: the versions that led to the one in production. */
export function looksOfEvaluation({ judged }: Pick<Evaluation, 'judged'>): Looks | undefined {
  return judged && looksOf({ versions: judged });
}
