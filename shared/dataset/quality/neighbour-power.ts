import { mean } from '../../algebra/descriptive-statistics.ts';
import { orderingOf } from '../../algebra/rank-correlation.ts';

/** Rows beyond this are thinned out evenly: neighbours say as much. */
const mostRows = 5000;
/** Fewer rows that can be judged say nothing. */
const fewestRows = 20;

/**
 * How well a row's target is predicted by the rows whose values lie next to its own: numbers by the straight line between
 * the two neighbours (by the mean of the other rows of equal value, where there are any), classes by the label on
 * which both neighbours agree. So a function of the feature is found whatever its shape, in a hundred rows; noise on
 * it is not taken for one, since the neighbours' noise comes on top of the row's own. Numbers are judged by their ranks
 * too: of a target with a long tail only the few largest values would decide.
 *
 * The outermost values have no two neighbours, and where the neighbours' labels differ nothing is foretold: those
 * rows are not judged.
 *
 * @returns see `predictivePower`; 0 when there is too little to judge.
 */
export function neighbourPower(values: Float64Array, targets: Float64Array | Int32Array): number {
  const rows = presentRows(values, targets).sort((a, b) => values[a]! - values[b]! || a - b);
  const sorted = { values, rows, groups: groupsOf(values, rows) };
  if (targets instanceof Int32Array) return labelPower(sorted, targets);
  return Math.max(linePower(sorted, targets), linePower(sorted, ranksOf(targets, rows)));
}

/** Rows that have a value and a target, at most 5,000 of them. */
function presentRows(values: Float64Array, targets: Float64Array | Int32Array): Uint32Array {
  const rows: number[] = [];
  const step = Math.max(1, values.length / mostRows);
  for (let at = 0; at < values.length; at += step) {
    const row = Math.floor(at);
    const target = targets[row]!;
    const known = targets instanceof Float64Array ? !Number.isNaN(target) : target >= 0;
    if (known && !Number.isNaN(values[row]!)) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** Where each run of equal values begins among the sorted rows; at the end, how many rows there are. */
function groupsOf(values: Float64Array, rows: Uint32Array): number[] {
  const starts: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    if (i === 0 || values[rows[i]!] !== values[rows[i - 1]!]) starts.push(i);
  }
  return [...starts, rows.length];
}

/** The place of each target among the different ones, ascending; only of the given rows. */
function ranksOf(targets: Float64Array, rows: Uint32Array): Float64Array {
  const { places } = orderingOf(Float64Array.from(rows, (row) => targets[row]!));
  const ranks = new Float64Array(targets.length);
  for (let i = 0; i < rows.length; i++) ranks[rows[i]!] = places[i]!;
  return ranks;
}

interface SortedRows {
  readonly values: Float64Array;
  readonly rows: Uint32Array;
  readonly groups: readonly number[];
}

function linePower({ values, rows, groups }: SortedRows, targets: Float64Array): number {
  const count = groups.length - 1;
  const means = new Float64Array(count);
  for (let g = 0; g < count; g++) {
    let sum = 0;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) sum += targets[rows[i]!]!;
    means[g] = sum / (groups[g + 1]! - groups[g]!);
  }
  const guesses: [guess: number, target: number][] = [];
  for (let g = 0; g < count; g++) {
    const size = groups[g + 1]! - groups[g]!;
    if (size === 1 && (g === 0 || g === count - 1)) continue;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) {
      const target = targets[rows[i]!]!;
      if (size > 1) guesses.push([(means[g]! * size - target) / (size - 1), target]);
      else {
        const at = (k: number): number => values[rows[groups[k]!]!]!;
        const share = (at(g) - at(g - 1)) / (at(g + 1) - at(g - 1));
        guesses.push([means[g - 1]! + share * (means[g + 1]! - means[g - 1]!), target]);
      }
    }
  }
  if (guesses.length < fewestRows) return 0;
  const centre = mean(guesses.map(([, target]) => target));
  let residual = 0;
  let total = 0;
  for (const [guess, target] of guesses) {
    residual += (target - guess) ** 2;
    total += (target - centre) ** 2;
  }
  return total > 0 ? 1 - residual / total : 0;
}

function labelPower({ rows, groups }: SortedRows, targets: Int32Array): number {
  const labels = rows.map((row) => targets[row]!);
  const classes = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  const judged = new Uint32Array(classes);
  let wrong = 0;
  for (let g = 0; g + 1 < groups.length; g++) {
    const [start, end] = [groups[g]!, groups[g + 1]!];
    const counts = new Uint32Array(classes);
    for (let i = start; i < end; i++) counts[labels[i]!]!++;
    for (let i = start; i < end; i++) {
      const own = labels[i]!;
      const guess = end - start > 1 ? commonest(counts, own) : agreement(labels, i);
      if (guess < 0) continue;
      judged[own]!++;
      if (guess !== own) wrong++;
    }
  }
  const all = judged.reduce((sum, count) => sum + count, 0);
  const naive = all - judged.reduce((most, count) => Math.max(most, count), 0);
  return all < fewestRows || all * 2 < rows.length || naive === 0 ? 0 : 1 - wrong / naive;
}

/** The label that most rows of a group have, one row of label `own` left out. */
function commonest(counts: Uint32Array, own: number): number {
  let best = -1;
  let most = 0;
  for (let label = 0; label < counts.length; label++) {
    const count = counts[label]! - Number(label === own);
    if (count > most) [best, most] = [label, count];
  }
  return best;
}

/** The label of both neighbours; -1 where they differ or one is not there. */
function agreement(labels: Uint32Array, at: number): number {
  if (at === 0 || at + 1 === labels.length) return -1;
  return labels[at - 1] === labels[at + 1] ? labels[at - 1]! : -1;
}
