// Which fold a row is in: it is predicted by a model that has seen none of the fold.
import { orderStatistics } from '../statistics/order-statistics.ts';
import { positionOf } from './split.ts';
import type { SplitTable } from './split-table.ts';

/** In place of a fold: rows that only train, since they are older than what is predicted. */
export const onlyTrains = 255;

/** Rows that are each in a fold, from 0, or {@link onlyTrains}. */
export interface FoldedTable extends SplitTable {
  readonly folds: Uint8Array;
}

/**
 * Folds by a seeded hash: equal words are in one fold, and a row stays in its fold as others come and go.
 *
 * @param words hashes of the keys, or of the groups. @param count at most 254.
 */
export function foldByHash(words: Uint32Array, seed: number, count: number): Uint8Array {
  return Uint8Array.from(words, (word) => Math.floor(positionOf(word, seed) * count));
}

/**
 * After which times the folds begin: the first half of the rows only trains, the rest is divided into equal blocks. Rows of
 * equal time are together, in the earlier block.
 *
 * @param times at least one, none missing.
 */
export function foldEdges(times: Float64Array, count: number): number[] {
  const rows = times.length;
  return Array.from({ length: count }, (_, i) => {
    const before = Math.max(1, Math.round(rows * (0.5 + (0.5 * i) / count)));
    return orderStatistics(times, [before - 1])[0]!;
  });
}

/** Folds by time. @param edges see {@link foldEdges}. */
export function foldByTime(times: Float64Array, edges: readonly number[]): Uint8Array {
  return Uint8Array.from(times, (time) => {
    let fold = -1;
    while (fold + 1 < edges.length && time > edges[fold + 1]!) fold++;
    return fold === -1 ? onlyTrains : fold;
  });
}

/** The rows of one fold's model: which it learns from, which stop it early, and which it predicts, ascending. */
export interface FoldRows {
  readonly fold: number;
  readonly train: Uint32Array;
  readonly stop: Uint32Array;
  readonly predict: Uint32Array;
}

/** The share of the rows before a fold, the newest of them, that stop its model early. */
const stopShare = 0.2;

/**
 * The rows of every fold's model. By hash, fold k + 1 stops the model that predicts fold k, and the other folds train it. By
 * time, what is before fold k trains it, but for the newest fifth, which stops it.
 *
 * @param folds of each row. @param byTime where the folds are by time: the rows' event times.
 */
export function foldPlan(
  folds: Uint8Array,
  count: number,
  byTime?: { readonly times: Float64Array },
): readonly FoldRows[] {
  const where = (wanted: (row: number) => boolean): Uint32Array =>
    Uint32Array.from(folds.keys()).filter((row) => wanted(row));
  return Array.from({ length: count }, (_, fold) => {
    const predict = where((row) => folds[row] === fold);
    if (!byTime) {
      const next = (fold + 1) % count;
      return {
        fold,
        train: where((row) => folds[row] !== fold && folds[row] !== next),
        stop: where((row) => folds[row] === next),
        predict,
      };
    }
    const { times } = byTime;
    const isBefore = (row: number): boolean => folds[row] === onlyTrains || folds[row]! < fold;
    const before = where(isBefore);
    const ordered = Float64Array.from(before, (row) => times[row]!);
    const learned = Math.max(1, before.length - Math.round(before.length * stopShare));
    const last = before.length === 0 ? Number.NEGATIVE_INFINITY : orderStatistics(ordered, [learned - 1])[0]!;
    return {
      fold,
      train: before.filter((row) => times[row]! <= last),
      stop: before.filter((row) => times[row]! > last),
      predict,
    };
  });
}
