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

/** What decides in which fold a row is, and what a fold's model has to see. */
export interface FoldBasis {
  /** Event times, where folds are by time. */
  readonly times: Float64Array | undefined;
  /** Else each row's fold, of so many. */
  readonly foldsOf: (count: number) => Uint8Array;
  /** By row, its class; undefined for a target of numbers. */
  readonly labels: readonly (string | number)[] | undefined;
}

/**
 * Puts the kept rows into folds, see {@link searchFolds}.
 *
 * @throws ConfigurationError when a row without a time is to be divided by it.
 */
export function findFolds(division: RowsToDivide, kept: Uint32Array, wanted: number): FoldSearch {
  if (kept.length === 0) return { reason: 'there are no rows' };
  const times = splitTimes(division, kept);
  let words: Uint32Array | undefined;
  const byHash = (count: number): Uint8Array => {
    words ??= hashWords(division, kept);
    return foldByHash(words, division.seed, count);
  };
  return searchFolds({ times, foldsOf: byHash, labels: labelsOf(division, kept) }, wanted);
}

/**
 * Divides rows into as many folds as wanted, or fewer where one would be empty or its model would not see a class; into none
 * where not even three are possible.
 */
export function searchFolds({ times, foldsOf, labels }: FoldBasis, wanted: number): FoldSearch {
  let reason: string | undefined;
  for (let count = wanted; count >= fewestFolds; count--) {
    const edges = times && foldEdges(times, count);
    const folds = times ? foldByTime(times, edges!) : foldsOf(count);
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
  labels: FoldBasis['labels'],
): string | undefined {
  const plan = foldPlan(folds, count, times && { times });
  const empty = plan.find(({ predict }) => predict.length === 0);
  if (empty) return `fold ${empty.fold + 1} of ${count} would have no rows`;
  const classes = new Set(labels);
  for (const { fold, train, stop } of plan) {
    const of = `the model of fold ${fold + 1} of ${count}`;
    if (train.length === 0) return `no row would be left to train ${of}`;
    if (stop.length === 0) return `no row would be left to stop the training of ${of}`;
    if (!labels) continue;
    const seen = new Set(Array.from(train, (row) => labels[row]!));
    const missing = [...classes].filter((label) => !seen.has(label));
    if (missing.length > 0) return `${of} would see no row of ${listNames(missing.map(String), 3)}`;
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
