import { mean } from '../../algebra/descriptive-statistics.ts';
import type { MeansSampling } from '../metric/sampling.ts';
import type { WeightSource } from './exponential-weights.ts';
import type { Draws } from './unseen-rows.ts';

/**
 * Draws of metrics that are functions of means, one or two on the same rows.
 *
 * The row that is imagined is one of the sample. Of losses of probabilities it may also be one that went the other way: what
 * such rows would have cost, on average. Of two models it is the row of a bounded loss that would part them most, and of
 * another the average of those that cost one of them more.
 */
export function meansDraws(parts: readonly MeansSampling[], source: WeightSource): Draws {
  const columns = parts.flatMap((part) => part.columns);
  const rows = columns[0]!.length;
  const otherwise = otherwiseOf(parts);
  const candidates = Array.from({ length: rows + otherwise.length }, (_, i) => i);
  const draws = source(rows);
  const sums = new Float64Array(columns.length);
  let total = rows;
  return {
    // Losses of probabilities are bounded by what the model said: the worst row that is seen counts as one.
    groups: [{ candidates, copies: parts.length === 1 && otherwise.length > 0 ? 0 : rows }],
    whole() {
      for (const [c, column] of columns.entries()) sums[c] = mean(column) * rows;
      total = rows;
    },
    next() {
      const weights = draws.next();
      total = weights.total;
      for (const [c, column] of columns.entries()) sums[c] = sumOf(column, weights.counts);
    },
    values(unseen) {
      const whole = unseen.reduce((sum, { weight }) => sum + weight, total);
      let at = 0;
      return parts.map((part, p) => {
        const means = part.columns.map((column) => {
          let sum = sums[at++]!;
          for (const { candidate, weight } of unseen) {
            sum += weight * (candidate < rows ? column[candidate]! : otherwise[candidate - rows]![p]!);
          }
          return sum / whole;
        });
        return part.of(means);
      });
    },
  };
}

/** Rows that went the other way, by their losses of each part; none where a part is no loss of probabilities. */
function otherwiseOf(parts: readonly MeansSampling[]): number[][] {
  const losses = parts.flatMap((part) => part.otherwise ?? []);
  const [first, second] = losses;
  if (losses.length < parts.length || !first) return [];
  if (!second) return [[mean(first)]];
  if (parts.every((part) => part.bounded)) {
    return Array.from(first.keys(), (row) => losses.map((loss) => loss[row]!));
  }
  const meansWhere = (chosen: (difference: number) => boolean) => {
    const rows = Array.from(first.keys()).filter((row) => chosen(second[row]! - first[row]!));
    return rows.length === 0 ? [] : [losses.map((loss) => mean(rows.map((row) => loss[row]!)))];
  };
  return [...meansWhere((difference) => difference < 0), ...meansWhere((difference) => difference > 0)];
}

/** Σ weight · value in four running sums: a single one waits for each addition before it can begin the next. */
function sumOf(values: Float64Array, weights: Float64Array): number {
  const even = values.length - (values.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < even; i += 4) {
    a += values[i]! * weights[i]!;
    b += values[i + 1]! * weights[i + 1]!;
    c += values[i + 2]! * weights[i + 2]!;
    d += values[i + 3]! * weights[i + 3]!;
  }
  for (let i = even; i < values.length; i++) a += values[i]! * weights[i]!;
  return a + b + (c + d);
}
