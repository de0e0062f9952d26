import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import { byCount, counted } from '../../text/counts.ts';
import { gainOf } from '../descriptors/direction.ts';
import type { MetricKey } from '../descriptors/metric-key.ts';
import type { Evaluation, MetricResult } from '../evaluation/evaluation.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { takePredictions } from '../rows/subset.ts';
import { combineEstimates, type Estimate } from './estimate.ts';
import { estimatesOf } from './estimates.ts';
import { fewestRows, measured } from './measured.ts';

/** The champion as `evaluate` takes it. */
export interface ChampionInput {
  readonly name: string;
  readonly digest?: string;
  /** The champion's predictions of the rows compared on. */
  readonly predictions?: Predictions;
  /** The challenger's predictions of the same rows; needed when some of them are not among the judged ones. */
  readonly challenger?: Predictions;
  /**
   * The judged rows that are compared on, in the order of `predictions`; default: all. With `challenger`, further rows
   * that are not judged ones follow them: those that filters dropped from the test.
   */
  readonly rows?: Uint32Array;
  /** Why it cannot be compared. */
  readonly reason?: string;
}

/** Champion and challenger on the same resamples, by metric. */
export interface ChampionComparison {
  readonly summary: NonNullable<Evaluation['champion']>;
  /** Absent when the two cannot be compared. */
  readonly estimates?: ReadonlyMap<MetricKey, { readonly champion: Estimate; readonly challenger: Estimate }>;
}

/**
 * Compares the two models on the rows that are unseen by both, every resample drawn once for both.
 *
 * @param digest of the judged model: where the champion has the same, the two are one, whatever rows there are to compare on.
 * @throws RangeError when the two predicted different numbers of rows.
 */
export function compareWithChampion(
  champion: ChampionInput,
  own: Predictions,
  metrics: readonly MetricKey[],
  bootstrapSettings: ValidateConfig['bootstrap'],
  { random, digest }: { readonly random: Random; readonly digest?: string | undefined },
): ChampionComparison {
  const identity = {
    name: champion.name,
    ...(champion.digest === undefined ? {} : { digest: champion.digest }),
  };
  const same = digest !== undefined && digest === champion.digest;
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
  const filtered = champion.challenger && champion.rows ? rows - champion.rows.length : 0;
  const [ourRows, theirRows] = [judgedRows(ours), judgedRows(judgedAlike(theirs, ours))];
  const both = metrics.flatMap((name) => [
    { metric: metricOf(name), rows: ourRows },
    { metric: metricOf(name), rows: theirRows },
  ]);
  const estimates = estimatesOf({ metrics: both, settings: bootstrapSettings, random });
  const byMetric = new Map(
    metrics.map(
      (name, i) => [name, { challenger: estimates[2 * i]!, champion: estimates[2 * i + 1]! }] as const,
    ),
  );
  const summary = {
    ...identity,
    rows,
    ...(filtered > 0 ? { filtered } : {}),
    comparable: true,
    ...(same ? { same } : {}),
  };
  return { summary, estimates: byMetric };
}

/** Both are judged by the class that is positive today, whichever it was when the champion was made. */
function judgedAlike(theirs: Predictions, ours: Predictions): Predictions {
  if (theirs.task === 'regression' || ours.task === 'regression') return theirs;
  return { ...theirs, positive: ours.positive };
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

/** A metric's comparison, as evaluation.json holds it. */
export function comparisonOf(
  name: MetricKey,
  comparison: ChampionComparison | undefined,
  bootstrapSettings: ValidateConfig['bootstrap'],
): MetricResult['champion'] {
  const pair = comparison?.estimates?.get(name);
  if (!pair) return undefined;
  const { better } = metricOf(name);
  return {
    value: 'value' in pair.champion.value ? pair.champion.value.value : null,
    difference: measured(
      combineEstimates(pair.challenger, pair.champion, (a, b) => a - b),
      bootstrapSettings,
    ),
    gain: measured(combineEstimates(pair.challenger, pair.champion, gainOf(better)), bootstrapSettings),
  };
}
