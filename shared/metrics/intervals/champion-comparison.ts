import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import { byCount, counted } from '../../text/counts.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { RowsPart } from '../evaluation/champion-summary.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Predictions } from '../rows/predictions.ts';
import { takePredictions } from '../rows/subset.ts';
import { decidingRows, restOf } from './deciding-rows.ts';
import { type EstimatedPair, type JudgedPair, judgedPair, pairsOf, partOf } from './estimated-pairs.ts';
import { fewestRows } from './measured.ts';

/** The champion as `evaluate` takes it. */
export interface ChampionInput {
  readonly name: string;
  readonly digest?: string;
  /** It is the judged model, whatever its digest: a release holds less than was judged. */
  readonly isSame?: boolean;
  /** The champion's predictions of the rows compared on. */
  readonly predictions?: Predictions;
  /** The challenger's predictions of the same rows; needed when some of them are not among the judged ones. */
  readonly challenger?: Predictions;
  /**
   * The judged rows that are compared on, in the order of `predictions`; default: all. With `challenger`, further rows
   * that are not judged ones follow them: those that filters dropped from the test.
   */
  readonly rows?: Uint32Array;
  /** Of the rows compared on, by place in `predictions`: those that came after the champion's data; default none. */
  readonly newer?: Uint32Array;
  /** Why there are no other rows to compare on than those; absent where there could be. */
  readonly newerAlone?: string;
  /** The champion's predictions of the other rows are out-of-fold, and so many rows were left out since they were edited. */
  readonly outOfFold?: { readonly edited: number };
  /** Why it cannot be compared. */
  readonly reason?: string;
}

/** Champion and challenger on the same resamples, by metric. */
export interface ChampionComparison {
  readonly summary: NonNullable<Evaluation['champion']>;
  /** Absent when the two cannot be compared. */
  readonly estimates?: ReadonlyMap<MetricKey, EstimatedPair>;
  /** The rows compared on are not exactly the judged ones. */
  readonly otherRows?: true;
}

/**
 * Compares the two models on the rows that are unseen by both, every resample drawn once for both: on those that came after the
 * champion's data where they are enough, else on all ({@link decidingRows}).
 *
 * @param metrics the primary one first. @param digest of the judged model: where the champion has the same, the two are one, whatever rows there are to compare on.
 * @param factor by what intervals of the difference are lengthened.
 * @throws RangeError when the two predicted different numbers of rows.
 */
export function compareWithChampion(
  champion: ChampionInput,
  own: Predictions,
  metrics: readonly MetricKey[],
  bootstrapSettings: ValidateConfig['bootstrap'],
  {
    random,
    digest,
    factor = 1,
  }: {
    readonly random: Random;
    readonly digest?: string | undefined;
    readonly factor?: number;
  },
): ChampionComparison {
  const identity = {
    name: champion.name,
    ...(champion.digest === undefined ? {} : { digest: champion.digest }),
  };
  const same = champion.isSame || (digest !== undefined && digest === champion.digest);
  const incomparable = (rows: number, reason: string): ChampionComparison =>
    same
      ? { summary: { ...identity, rows, comparable: true, same } }
      : { summary: { ...identity, rows, comparable: false, reason } };
  const theirs = champion.predictions;
  if (!theirs) return incomparable(0, champion.reason ?? 'its predictions are not there');
  const ours = champion.challenger ?? (champion.rows ? takePredictions(own, champion.rows) : own);
  const rows = theirs.actual.length;
  if (ours.actual.length !== rows) {
    throw new RangeError(`the champion predicted ${rows} rows, the challenger ${ours.actual.length}`);
  }
  const reason = whyIncomparable(ours, theirs);
  if (reason !== undefined) return incomparable(rows, reason);
  const judgedOf = (rows: Uint32Array | 'all'): JudgedPair => judgedPair(ours, theirs, rows);
  const newer = champion.newer ?? new Uint32Array();
  const deciding = decidingRows(newer, { rows, outOfFold: champion.outOfFold !== undefined });
  const settings = { settings: bootstrapSettings, factor, random };
  const byMetric = pairsOf(judgedOf(deciding), { ...settings, metrics });
  const decided = deciding === 'all' ? Uint32Array.from({ length: rows }, (_, i) => i) : deciding;
  const primary = metrics[0]!;
  // One comparison has one interval: the rows that decide are not resampled a second time, and others draw from the same stream,
  // so that whoever compares the two on the same rows by themselves (retraining does) finds the same.
  const part = (some: Uint32Array): RowsPart | undefined => {
    if (some.length === 0 || some.length === rows) return undefined;
    const pair = isSame(some, decided)
      ? byMetric.get(primary)!
      : pairsOf(judgedOf(some), { ...settings, metrics: [primary] }).get(primary)!;
    return partOf(some.length, primary, pair, bootstrapSettings);
  };
  const [late, early] = [part(newer), part(restOf(newer, rows))];
  const judgedOnes = champion.challenger && champion.rows ? champion.rows.length : rows;
  const filtered = decided.filter((place) => place >= judgedOnes).length;
  const summary = {
    ...identity,
    rows: decided.length,
    ...(filtered > 0 ? { filtered } : {}),
    comparable: true,
    ...(same ? { same } : {}),
    ...(deciding === newer ? { decidedBy: 'newer-rows' as const } : {}),
    ...(champion.newerAlone === undefined ? {} : { newerAlone: champion.newerAlone }),
    ...(late ? { newer: late } : {}),
    ...(early ? { older: early } : {}),
    ...(champion.outOfFold ? { by: 'out-of-fold' as const } : {}),
    ...(champion.outOfFold?.edited ? { edited: champion.outOfFold.edited } : {}),
  };
  const otherRows = deciding !== 'all' || champion.challenger !== undefined || rows !== own.actual.length;
  return { summary, estimates: byMetric, ...(otherRows ? { otherRows } : {}) };
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((place, i) => place === b[i]);
}

function whyIncomparable(ours: Predictions, theirs: Predictions): string | undefined {
  if (ours.task !== theirs.task) return `its task is ${theirs.task}, this model's is ${ours.task}`;
  if (ours.task !== 'regression' && theirs.task !== 'regression') {
    const [own, other] = [ours.classes.join(', '), theirs.classes.join(', ')];
    if (own !== other) return `its classes are ${other}, this model's ${own}`;
  }
  const rows = theirs.actual.length;
  if (rows >= fewestRows) return undefined;
  return `only ${counted(rows, 'row')} ${byCount(rows, 'is', 'are')} unseen by both models; at least ${fewestRows} are needed`;
}
