import { declaredFolds } from '../../config/sections/split-section.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { DividedRows } from './divided-rows.ts';
import { filteredTestRows } from './filtered-rows.ts';
import { divisionWords, type FoldQuestion, growthAdvice, usualFolds, wantedFolds } from './fold-count.ts';
import { findFolds, foldedRows } from './fold-rows.ts';
import { divideRows } from './side-tables.ts';
import type { Sides } from './split.ts';
import { type RowsToDivide, splitRows } from './split-rows.ts';

/** Rows divided, and what is to be said of it. */
export interface Division {
  readonly divided: DividedRows;
  /** The side of each kept row, or its fold. */
  readonly places: Sides;
  /** What follows from rows and ciclo.yml alone, for quality.json. */
  readonly remark?: string;
  /** What was decided for a new lock. */
  readonly decided?: string;
}

/**
 * Divides the kept rows into folds, or into training, validation and test.
 *
 * @param rows the places of kept rows, and of those that filters on features dropped, ascending.
 * @throws ConfigurationError for what ciclo.yml or ciclo.lock want and the rows do not allow.
 */
export function divide(
  division: RowsToDivide,
  rows: { readonly kept: Uint32Array; readonly filtered: Uint32Array },
  question: Omit<FoldQuestion, 'rows'>,
): Division {
  const { kept, filtered } = rows;
  const { config } = division;
  const wanted = wantedFolds(config, { ...question, rows: kept.length });
  const search = wanted === 0 ? undefined : findFolds(division, kept, wanted);
  const found = search?.found;
  if (search?.reason !== undefined)
    refuseFewer(division, question, { wanted, possible: found?.count ?? 0, reason: search.reason });
  const decided =
    search?.reason === undefined
      ? undefined
      : `${search.reason}, so that the rows are divided into ${divisionWords(found?.count ?? 0)} instead of ${wanted} folds`;
  if (!found) {
    const sides = splitRows(division, kept);
    const splits = divideRows(division.cleaned, kept, sides, division.identity.ids);
    return {
      divided: { kind: 'hold-out', splits, filteredTest: filteredTestRows(division, filtered, splits) },
      places: sides,
      ...(decided === undefined ? {} : { decided }),
    };
  }
  const remark = fewerRemark(division, kept, found.count) ?? growthAdvice(found.count, config, kept.length);
  return {
    divided: foldedRows(division, rows, found),
    places: found.folds,
    ...(remark === undefined ? {} : { remark }),
    ...(decided === undefined ? {} : { decided }),
  };
}

/** A number that a person or a lock states is not changed in silence: who states it is shown what is possible. */
function refuseFewer(
  { config }: RowsToDivide,
  { lock, asked }: Omit<FoldQuestion, 'rows'>,
  {
    wanted,
    possible,
    reason,
  }: { readonly wanted: number; readonly possible: number; readonly reason: string },
): void {
  const instead = possible === 0 ? 'off' : possible;
  if (typeof declaredFolds(config.split) === 'number') {
    throw new ConfigurationError(
      `split.folds is ${wanted}, but ${reason}: write split.folds: ${instead}, or auto${lock ? `, and run ciclo lock --folds ${instead}` : ''}`,
    );
  }
  if (lock && asked === undefined) {
    throw new ConfigurationError(
      `ciclo.lock has ${wanted} folds, but of the rows that ciclo.yml now keeps ${reason}: let its filters keep more rows, or run ciclo lock --folds ${instead}`,
    );
  }
}

/** The same whether the lock is new or was there before, as quality.json must be. */
function fewerRemark(division: RowsToDivide, kept: Uint32Array, count: number): string | undefined {
  if (count >= usualFolds || declaredFolds(division.config.split) !== 'auto') return undefined;
  const { reason } = findFolds(division, kept, usualFolds);
  if (reason === undefined) return undefined;
  return `the rows are in ${count} folds, since of ${usualFolds} ${reason}: more rows, or classes that are not so rare, allow more`;
}
