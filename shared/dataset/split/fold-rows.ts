import { fewestFolds } from '../../config/sections/split-section.ts';
import { listNames } from '../../text/nearest-name.ts';
import { type Column, columnOf, takeColumn } from '../table/table.ts';
import { timesOf } from '../time/window.ts';
import type { FoldedRows } from './divided-rows.ts';
import { foldByHash, foldByTime, foldEdges, foldPlan } from './fold-plan.ts';
import { takeSplit } from './side-tables.ts';
import { hashWords, type RowsToDivide, splitTimes } from './split-rows.ts';

/** The folds of the kept rows. */
export interface FoundFolds {
  readonly folds: Uint8Array;
  readonly count: number;
  /** By time, see {@link foldEdges}. */
  readonly edges?: readonly number[];
}

/** The folds that are possible, if any, and why they are fewer than wanted. */
export interface FoldSearch {
  readonly found?: FoundFolds;
  readonly reason?: string;
}

/**
 * Puts the kept rows into folds: into as many as wanted, or fewer where one would be empty or its model would not see a
 * class; none where not even three are possible.
 *
 * @throws ConfigurationError when a row without a time is to be divided by it.
 */
export function findFolds(division: RowsToDivide, kept: Uint32Array, wanted: number): FoldSearch {
  if (kept.length === 0) return { reason: 'there are no rows' };
  const times = splitTimes(division, kept);
  const words = times ? undefined : hashWords(division, kept);
  const labels = labelsOf(division, kept);
  let reason: string | undefined;
  for (let count = wanted; count >= fewestFolds; count--) {
    const edges = times && foldEdges(times, count);
    const folds = times ? foldByTime(times, edges!) : foldByHash(words!, division.seed, count);
    const found = { folds, count, ...(edges ? { edges } : {}) };
    const against = reasonAgainst(found, times, labels);
    if (against === undefined) return { found, ...(reason === undefined ? {} : { reason }) };
    reason ??= against;
  }
  return { reason: reason ?? `there are at least ${fewestFolds} folds` };
}

function reasonAgainst(
  { folds, count }: FoundFolds,
  times: Float64Array | undefined,
  labels: readonly string[] | undefined,
): string | undefined {
  const classes = new Set(labels);
  for (const { fold, train, stop, predict } of foldPlan(folds, count, times && { times })) {
    const of = `fold ${fold + 1} of ${count}`;
    if (predict.length === 0) return `${of} would have no rows`;
    if (train.length === 0) return `no row would be left to train the model of ${of}`;
    if (stop.length === 0) return `no row would be left to stop the training of the model of ${of}`;
    if (!labels) continue;
    const seen = new Set(Array.from(train, (row) => labels[row]!));
    const missing = [...classes].filter((label) => !seen.has(label));
    if (missing.length > 0) return `the model of ${of} would see no row of ${listNames(missing, 3)}`;
  }
  return undefined;
}

/** The classes of the kept rows; undefined for a target of numbers. */
function labelsOf({ cleaned, config }: RowsToDivide, kept: Uint32Array): readonly string[] | undefined {
  if (config.task === 'regression') return undefined;
  const column: Column = takeColumn(columnOf(cleaned, config.target), kept);
  if (column.type !== 'category') return Array.from(column.values, String);
  return Array.from(column.codes, (code) => column.dictionary[code] ?? '');
}

/** Kept rows in their folds, as tables. @param filtered the places of those that filters dropped, ascending. */
export function foldedRows(
  division: RowsToDivide,
  { kept, filtered }: { readonly kept: Uint32Array; readonly filtered: Uint32Array },
  { folds, count, edges }: FoundFolds,
): FoldedRows {
  const { cleaned, config, identity } = division;
  const { time } = config.data;
  const theirs =
    edges && time !== undefined
      ? foldByTime(timesOf(takeColumn(columnOf(cleaned, time), filtered), time).values, edges)
      : foldByHash(hashWords(division, filtered), division.seed, count);
  return {
    kind: 'folds',
    rows: { ...takeSplit(cleaned, kept, identity.ids), folds },
    filtered: { ...takeSplit(cleaned, filtered, identity.ids), folds: theirs },
    count,
    ...(edges ? { edges } : {}),
  };
}
