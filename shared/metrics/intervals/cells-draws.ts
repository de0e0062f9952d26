import type { Random } from '../../platform/random.ts';
import type { CellsSampling, ShareSampling } from '../metric/sampling.ts';
import { confusionMatrix } from '../rows/confusion.ts';
import { onceEach } from '../rows/row-weights.ts';
import { drawGamma } from './exponential-weights.ts';
import type { Draws, UnseenGroup } from './unseen-rows.ts';

/** Classes at most whose every combination is imagined; of more, only with a few other classes. */
const fewClasses = 8;

/** One or two predictions beside what was actual: what the rows of a cell have in common. */
interface Cell {
  readonly actual: number;
  /** By model. */
  readonly predicted: readonly number[];
}

/**
 * Draws of metrics of the confusion matrix, one or two on the same rows: the rows of a cell are alike, so that the sum of
 * their weights is drawn at once, and the time does not grow with the rows.
 *
 * The row that is imagined may lie in any cell, also in one that is empty: an error where there was none.
 */
export function cellsDraws(parts: readonly (CellsSampling | ShareSampling)[], random: Random): Draws {
  const size = parts[0]!.rows.classes.length;
  const { cells, counts } = observedCells(parts, size);
  const imagined = imaginedCells(cells, counts, parts.length, size);
  const weights = Float64Array.from(counts);
  return {
    // Two models on the same rows differ in few of them, so that one more row is much already.
    groups: groupsOf(imagined, parts.length === 1 ? parts[0]!.unseen : 'one', size),
    whole: () => weights.set(counts),
    next() {
      for (let i = 0; i < weights.length; i++) weights[i] = drawGamma(counts[i]!, random);
    },
    values: (unseen) =>
      parts.map((part, p) => {
        const matrix = new Float64Array(size * size);
        const add = ({ actual, predicted }: Cell, weight: number) => {
          matrix[actual * size + predicted[p]!]! += weight;
        };
        for (const [i, cell] of cells.entries()) add(cell, weights[i]!);
        for (const { candidate, weight } of unseen) add(imagined[candidate]!, weight);
        const value = part.of(confusionMatrix(matrix, size));
        return 'value' in value ? value.value : Number.NaN;
      }),
  };
}

function observedCells(parts: readonly (CellsSampling | ShareSampling)[], size: number) {
  const ordered = [...countedCells(parts, size)].sort(([a], [b]) => a - b);
  return {
    cells: ordered.map(([code]) => cellOf(code, parts.length, size)),
    counts: ordered.map(([, count]) => count),
  };
}

/** Cells by code, with their rows. */
function countedCells(
  parts: readonly (CellsSampling | ShareSampling)[],
  size: number,
): Iterable<[number, number]> {
  const { actual, confusion, count } = parts[0]!.rows;
  if (parts.length === 1) {
    return [...confusion.at(onceEach(count)).cells.entries()].filter(([, rows]) => rows > 0);
  }
  const seen = new Map<number, number>();
  for (let row = 0; row < actual.length; row++) {
    let code = actual[row]!;
    for (const { rows } of parts) code = code * size + rows.predicted[row]!;
    seen.set(code, (seen.get(code) ?? 0) + 1);
  }
  return seen;
}

function cellOf(code: number, models: number, size: number): Cell {
  const predicted: number[] = [];
  let rest = code;
  for (let model = 0; model < models; model++) {
    predicted.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return { actual: rest, predicted };
}

/** Cells in which a row may be imagined: all of few classes; of many, each class with the two that are predicted most and least. */
function imaginedCells(
  cells: readonly Cell[],
  counts: readonly number[],
  models: number,
  size: number,
): Cell[] {
  const predicted = new Float64Array(size);
  for (const [i, cell] of cells.entries()) for (const code of cell.predicted) predicted[code]! += counts[i]!;
  const byUse = Array.from(predicted.keys()).sort((a, b) => predicted[b]! - predicted[a]! || a - b);
  const others = size <= fewClasses ? byUse : [...byUse.slice(0, 2), ...byUse.slice(-2)];
  return Array.from({ length: size }, (_, actual) => {
    const answers = [...new Set([actual, ...others])];
    const first = answers.map((answer) => [answer]);
    const all = models === 1 ? first : first.flatMap(([a]) => answers.map((b) => [a!, b]));
    return all.map((answer): Cell => ({ actual, predicted: answer }));
  }).flat();
}

function groupsOf(imagined: readonly Cell[], unseen: CellsSampling['unseen'], size: number): UnseenGroup[] {
  const all = Array.from(imagined.keys());
  if (unseen === 'one') return [{ candidates: all, copies: 0 }];
  return Array.from({ length: size }, (_, k) => {
    const candidates = all.filter((i) => {
      const { actual, predicted } = imagined[i]!;
      return unseen === 'of-each-actual' ? actual === k : predicted.includes(k);
    });
    return { candidates, copies: 0 };
  }).filter(({ candidates }) => candidates.length > 0);
}
