// The chosen model, trained on parts of its training rows: whether more of them would help.
import { setImmediate } from 'node:timers/promises';
import { mean } from '../../../algebra/descriptive-statistics.ts';
import type { Config } from '../../../config/sections/schema.ts';
import type { SplitTable } from '../../../dataset/split/split-table.ts';
import { createRandom } from '../../../platform/random.ts';
import { counted, formatCount } from '../../../text/counts.ts';
import { type CurvePoint, doublingGain } from '../../curve/doubling-gain.ts';
import type { RowCurve } from '../../report/row-curve-report.ts';
import { commonWeights } from '../candidates/class-weights.ts';
import { isOwn } from '../candidates/portfolio.ts';
import { curveParts, eighthsOf, fewestOfClass, fewestOfEighth } from '../data/row-parts.ts';
import { targetsOf } from '../data/targets.ts';
import type { CandidatesPorts } from '../fitting/train-candidates.ts';
import { wordsOf } from '../folds/weight-folds.ts';
import { type SearchLoss, searchLossOf } from '../trials/search-losses.ts';
import { blendOf, type CurveCandidate, type CurveFold, type CurveRows, trainedOn } from './curve-models.ts';
import { pointOf, withMeanOne } from './curve-points.ts';

const metricOfLoss: Readonly<Record<SearchLoss, RowCurve['metric']>> = {
  'squared error': 'rmse',
  'absolute error': 'mae',
  'log-loss': 'log-loss',
};

/** Candidates of less weight than this are left out: they cost as much time as others. */
const leastWeight = 0.05;

/**
 * Trains the chosen model on four eighths, two quarters and one half of its training rows, each with a recipe of its own; the validation rows, that
 * stop a training and judge it, stay the same. That takes one and a half times as long as its training.
 *
 * @returns why it cannot be said, where it cannot.
 */
export async function rowCurve(
  parts: readonly CurveCandidate[],
  rows: CurveRows,
  ports: CandidatesPorts,
): Promise<RowCurve | { readonly reason: string }> {
  const { schema, config, folds, judged, targets } = rows;
  const used = parts.filter(({ weight }) => weight >= leastWeight);
  const reason = whyNot(used, rows);
  if (reason !== undefined) return { reason };
  const loss = searchLossOf(schema, config);
  const weights = commonWeights(
    used.map(({ candidate }) => candidate),
    targets,
    schema,
  );
  const judgement = { targets, loss, weights: weights && withMeanOne(weights) };
  const cut = folds.map((fold) => eighthsIn(fold, config));
  if (cut.some((eighths) => smallestOf(eighths) < fewestOfEighth / 2)) {
    return { reason: 'so many training rows have one key, or group, that they cannot be cut into eighths' };
  }
  const lacking = lackingClass(cut, folds, schema);
  if (lacking !== undefined) return { reason: lacking };
  const points: CurvePoint[] = [];
  const counts: number[] = [];
  for (const [rung, models] of curveParts.entries()) {
    ports.logger.info(
      `learning curve: ${counted(models.length, 'model')} of ${models[0]!.length}/8 of the training rows`,
    );
    const predicted = await trainedOn(models, used, cut, rows, ports);
    if ('reason' in predicted) return predicted;
    points.push(pointOf(predicted.models, judgement));
    counts[rung] = Math.round(mean(folds.map(({ train }) => (train.table.rows * models[0]!.length) / 8)));
    await setImmediate();
  }
  points.push(
    pointOf(
      [
        blendOf(
          used,
          used.map(({ predicted }) => predicted),
          schema,
        ),
      ],
      judgement,
    ),
  );
  counts.push(Math.round(mean(folds.map(({ train }) => train.table.rows))));
  const levels = points.map(({ losses }) => mean(losses));
  if (!levels.every((level) => level > 0 && Number.isFinite(level))) {
    return { reason: `its loss is ${levels.at(-1)} on the rows that judge it` };
  }
  const isSquared = loss === 'squared error';
  const gain = doublingGain(
    { points, words: wordsOf(judged.table, divisionOf(judged, config)), isSquared },
    createRandom(config.train.seed).fork('learning curve'),
  );
  return {
    metric: metricOfLoss[loss],
    of: used.map(({ candidate }) => candidate.name),
    judged: judged.table.rows,
    points: points.map(({ means }, k) => ({
      ...{ rows: counts[k]!, models: means.length },
      loss: isSquared ? Math.sqrt(levels[k]!) : levels[k]!,
    })),
    ...gain,
  };
}

/** What is said where there is none. */
export function noCurve(reason: string): string {
  return `the learning curve is not measured: ${reason}`;
}

function whyNot(used: readonly CurveCandidate[], { folds, schema }: CurveRows): string | undefined {
  if (!used.every(({ candidate }) => isOwn(candidate.options))) {
    return 'a command trains the model, and is not run again on parts of the rows';
  }
  const fewest = Math.min(...folds.map(({ train }) => train.table.rows));
  if (fewest < 8 * fewestOfEighth) {
    return `${counted(fewest, 'training row')} are too few to be cut into eighths of ${fewestOfEighth}`;
  }
  for (const { train } of folds) {
    const targets = targetsOf(train.table, schema);
    if (targets.kind === 'numbers') continue;
    const counts = targets.classes.map(() => 0);
    for (const code of targets.codes) counts[code]!++;
    const least = Math.min(...counts);
    if (least < fewestOfClass) {
      return `a class has ${formatCount(least)} training rows, and ${fewestOfClass} are needed for each eighth to have some`;
    }
  }
  return undefined;
}

/** Each row's group, where ciclo.yml names one that the rows have, else its key. */
function divisionOf({ table, ids }: SplitTable, { data }: Config) {
  const { group } = data;
  return { ids, ...(group !== undefined && table.columns.has(group) ? { group } : {}) };
}

function eighthsIn({ train, data }: CurveFold, config: Config): Uint8Array {
  const words = wordsOf(train.table, divisionOf(train, config));
  return eighthsOf(words, targetsOf(train.table, data.splits.schema), config.train.seed);
}

/** Why an eighth that models learn from has no row of a class that the training rows have: one key, or group, has too many of them. */
function lackingClass(
  cut: readonly Uint8Array[],
  folds: CurveRows['folds'],
  schema: CurveRows['schema'],
): string | undefined {
  for (const [at, eighths] of cut.entries()) {
    const targets = targetsOf(folds[at]!.train.table, schema);
    if (targets.kind === 'numbers') return undefined;
    const seen = curveParts[0]!.map(() => new Set<number>());
    for (const [row, code] of targets.codes.entries()) seen[eighths[row]!]?.add(code);
    if (seen.some((codes) => codes.size < targets.classes.length)) {
      return 'so many training rows of a class have one key, or group, that not every eighth has some';
    }
  }
  return undefined;
}

/** Rows of the smallest of the eighths that models learn from. */
function smallestOf(eighths: Uint8Array): number {
  const counts = [0, 0, 0, 0];
  for (const eighth of eighths) if (eighth < counts.length) counts[eighth]!++;
  return Math.min(...counts);
}
