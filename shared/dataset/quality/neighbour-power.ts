import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { mean } from '../../algebra/descriptive-statistics.ts';
import { orderingOf } from '../../algebra/rank-correlation.ts';

/** Rows beyond this are thinned out evenly: neighbours say as much. */
const mostRows = 5000;
/** Fewer rows that can be judged say nothing. */
const fewestRows = 20;

/** The target as neighbours are judged by it: made once for all columns. */
export interface NeighbourTarget {
  /** Numbers, NaN where missing; or codes, negative where missing. */
  readonly targets: Float64Array | Int32Array;
  /** Rows that have a target, at most 5,000 of them. */
  readonly rows: Uint32Array;
  /** Of numbers the place of each of these rows' target among the different ones, ascending. */
  readonly places: Int32Array;
}

/** @param targets numbers, NaN where missing; or codes, negative where missing. */
export function neighbourTarget(targets: Float64Array | Int32Array): NeighbourTarget {
  const rows = presentRows(targets);
  const places =
    targets instanceof Float64Array
      ? orderingOf(Float64Array.from(rows, (row) => targets[row]!)).places
      : new Int32Array(0);
  return { targets, rows, places };
}

/**
 * How well a row's target is predicted by the rows whose values lie next to its own: numbers by the straight line between
 * the two neighbours (by the mean of the other rows of equal value, where there are any), classes by the label on
 * which both neighbours agree. So a function of the feature is found whatever its shape, in a hundred rows; noise on
 * it is not taken for one, since the neighbours' noise comes on top of the row's own. Numbers are judged by their ranks
 * too: of a target with a long tail only the few largest values would decide.
 *
 * The outermost values have no two neighbours, and where the neighbours' labels differ nothing is predicted: those
 * rows are not judged.
 *
 * @param values as many as there are targets.
 * @returns see `predictivePower`; 0 when there is too little to judge.
 */
export function neighbourPower(values: Float64Array, target: NeighbourTarget): number {
  const { targets } = target;
  const known = withValue(values, target);
  const order = ascendingOrder(known.values);
  const sorted = taken(known.values, order, new Float64Array(order.length));
  const groups = groupsOf(sorted);
  const rows = taken(known.rows, order, new Uint32Array(order.length));
  if (targets instanceof Int32Array) {
    return labelPower(taken(targets, rows, new Int32Array(rows.length)), groups);
  }
  const numbers = taken(targets, rows, new Float64Array(rows.length));
  const ranks = taken(densely(known.places), order, new Float64Array(order.length));
  return Math.max(linePower(sorted, groups, numbers), linePower(sorted, groups, ranks));
}

type Numbers = Float64Array | Int32Array | Uint32Array;

/** The given items, in the given order. */
function taken<Into extends Numbers>(from: Numbers, places: Uint32Array, into: Into): Into {
  for (let i = 0; i < places.length; i++) into[i] = from[places[i]!]!;
  return into;
}

function presentRows(targets: Float64Array | Int32Array): Uint32Array {
  const rows: number[] = [];
  const step = Math.max(1, targets.length / mostRows);
  for (let at = 0; at < targets.length; at += step) {
    const row = Math.floor(at);
    const target = targets[row]!;
    if (targets instanceof Float64Array ? !Number.isNaN(target) : target >= 0) rows.push(row);
  }
  return Uint32Array.from(rows);
}

interface KnownRows {
  readonly rows: Uint32Array;
  readonly values: Float64Array;
  readonly places: Int32Array;
}

/** The rows that have a value too, with it and with the place of their target. */
function withValue(values: Float64Array, { rows, places }: NeighbourTarget): KnownRows {
  const known = {
    rows: new Uint32Array(rows.length),
    values: new Float64Array(rows.length),
    places: new Int32Array(places.length),
  };
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    known.rows[count] = row;
    known.values[count] = value;
    if (places.length > 0) known.places[count] = places[i]!;
    count++;
  }
  return {
    rows: known.rows.subarray(0, count),
    values: known.values.subarray(0, count),
    places: known.places.subarray(0, count),
  };
}

/** Where each run of equal values begins among sorted ones; at the end, how many values there are. */
function groupsOf(sorted: Float64Array): Uint32Array {
  const starts = new Uint32Array(sorted.length + 1);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) starts[count++] = i;
  starts[count] = sorted.length;
  return starts.subarray(0, count + 1);
}

/** Places of some rows as places among those that these have. */
function densely(places: Int32Array): Int32Array {
  let most = -1;
  for (let i = 0; i < places.length; i++) if (places[i]! > most) most = places[i]!;
  const dense = new Int32Array(most + 1);
  for (let i = 0; i < places.length; i++) dense[places[i]!] = 1;
  let next = 0;
  for (let place = 0; place <= most; place++) if (dense[place] === 1) dense[place] = next++;
  const ranks = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) ranks[i] = dense[places[i]!]!;
  return ranks;
}

function groupMeans(groups: Uint32Array, targets: Float64Array): Float64Array {
  const means = new Float64Array(groups.length - 1);
  for (let g = 0; g < means.length; g++) {
    let sum = 0;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) sum += targets[i]!;
    means[g] = sum / (groups[g + 1]! - groups[g]!);
  }
  return means;
}

/** @param sorted values. @param groups see `groupsOf`. @param targets of the sorted values. */
function linePower(sorted: Float64Array, groups: Uint32Array, targets: Float64Array): number {
  const means = groupMeans(groups, targets);
  const count = means.length;
  const guesses = new Float64Array(targets.length);
  const judged = new Float64Array(targets.length);
  let rows = 0;
  for (let g = 0; g < count; g++) {
    const start = groups[g]!;
    const size = groups[g + 1]! - start;
    if (size > 1) {
      for (let i = start; i < start + size; i++) {
        const target = targets[i]!;
        guesses[rows] = (means[g]! * size - target) / (size - 1);
        judged[rows++] = target;
      }
    } else if (g > 0 && g < count - 1) {
      const [before, after] = [sorted[groups[g - 1]!]!, sorted[groups[g + 1]!]!];
      const share = (sorted[start]! - before) / (after - before);
      guesses[rows] = means[g - 1]! + share * (means[g + 1]! - means[g - 1]!);
      judged[rows++] = targets[start]!;
    }
  }
  if (rows < fewestRows) return 0;
  const centre = mean(judged.subarray(0, rows));
  let residual = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    residual += (judged[i]! - guesses[i]!) ** 2;
    total += (judged[i]! - centre) ** 2;
  }
  return total > 0 ? 1 - residual / total : 0;
}

/** @param labels of the sorted values. @param groups see `groupsOf`. */
function labelPower(labels: Int32Array, groups: Uint32Array): number {
  const classes = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  const judged = new Uint32Array(classes);
  const counts = new Uint32Array(classes);
  let wrong = 0;
  for (let g = 0; g + 1 < groups.length; g++) {
    const [start, end] = [groups[g]!, groups[g + 1]!];
    if (end - start > 1) {
      counts.fill(0);
      for (let i = start; i < end; i++) counts[labels[i]!]!++;
    }
    for (let i = start; i < end; i++) {
      const own = labels[i]!;
      const guess = end - start > 1 ? mostFrequent(counts, own) : agreement(labels, i);
      if (guess < 0) continue;
      judged[own]!++;
      if (guess !== own) wrong++;
    }
  }
  const all = judged.reduce((sum, count) => sum + count, 0);
  const naive = all - judged.reduce((most, count) => Math.max(most, count), 0);
  return all < fewestRows || all * 2 < labels.length || naive === 0 ? 0 : 1 - wrong / naive;
}

/** The label that most rows of a group have, one row of label `own` left out. */
function mostFrequent(counts: Uint32Array, own: number): number {
  let best = -1;
  let most = 0;
  for (let label = 0; label < counts.length; label++) {
    const count = counts[label]! - Number(label === own);
    if (count > most) [best, most] = [label, count];
  }
  return best;
}

/** The label of both neighbours; -1 where they differ or one is not there. */
function agreement(labels: Int32Array, at: number): number {
  if (at === 0 || at + 1 === labels.length) return -1;
  return labels[at - 1] === labels[at + 1] ? labels[at - 1]! : -1;
}
