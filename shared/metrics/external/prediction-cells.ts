import { missingTest } from '../../dataset/table/missing-rows.ts';
import { type Column, columnLength, type Table, valueAt } from '../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';

/** Rows of the table of predictions: all, or those that a champion answered. */
export interface PredictionRows {
  readonly table: Table;
  /** Where the rows are in the file, from 0; absent for all of them. */
  readonly places?: Uint32Array;
}

/**
 * A column of the table of predictions.
 *
 * @throws ConfigurationError when it is not there: what it is for, what there is, and the nearest name.
 */
function requiredColumn({ table }: PredictionRows, name: string, purpose: string): Column {
  const column = table.columns.get(name);
  if (column) return column;
  const names = [...table.columns.keys()];
  throw new ConfigurationError(
    `the predictions have no column ${quote(name)} (${purpose})${didYouMean(name, names)}; they have ${listNames(names)}`,
  );
}

/** A row's number in the file, from 1, the heading apart. */
export function rowNumber(row: number, places: Uint32Array | undefined): number {
  return (places?.[row] ?? row) + 1;
}

/** A cell that cannot be used: which one, what it holds, what it should hold. Rows count from 1, the heading apart. */
export function badCell(
  name: string,
  row: number,
  value: unknown,
  { wanted, places }: { readonly wanted: string; readonly places?: Uint32Array | undefined },
): ConfigurationError {
  const found = value === null ? 'is missing' : `is ${quote(value)}`;
  return new ConfigurationError(
    `predictions, row ${rowNumber(row, places)}: ${name} ${found}; it must be ${wanted}`,
  );
}

/**
 * A column's numbers, without gaps.
 *
 * @param wanted what a cell must hold, for the message.
 * @throws ConfigurationError with the row of a cell that is empty or not such a number.
 */
export function numbersOf(
  rows: PredictionRows,
  name: string,
  { purpose, wanted }: { readonly purpose: string; readonly wanted: string },
): Float64Array {
  const column = requiredColumn(rows, name, purpose);
  const expected = { wanted, places: rows.places };
  if (column.type === 'number') {
    const row = column.values.findIndex((value) => !Number.isFinite(value));
    if (row < 0) return column.values;
    const value = column.values[row]!;
    throw badCell(name, row, Number.isNaN(value) ? null : String(value), expected);
  }
  // One text among numbers makes the whole column text: that one is the mistake.
  for (let row = 0; row < columnLength(column); row++) {
    const value = valueAt(column, row);
    if (typeof value !== 'string' || value.trim() === '' || Number.isNaN(Number(value))) {
      throw badCell(name, row, value, expected);
    }
  }
  throw badCell(name, 0, valueAt(column, 0), expected);
}

/**
 * A column of labels, without gaps.
 *
 * @throws ConfigurationError with the row of a cell that is empty.
 */
export function checkLabels(rows: PredictionRows, name: string, purpose: string): Column {
  const column = requiredColumn(rows, name, purpose);
  const isMissing = missingTest(column);
  for (let row = 0; row < rows.table.rows; row++) {
    if (isMissing(row)) throw badCell(name, row, null, { wanted: 'a label', places: rows.places });
  }
  return column;
}

/**
 * A column's labels, without gaps; numbers and truth values are labels as they are written: `0`, `true`. Of many rows
 * {@link labelCodes} takes less.
 *
 * @throws ConfigurationError with the row of a cell that is empty.
 */
export function labelsOf(rows: PredictionRows, name: string, purpose: string): string[] {
  const column = checkLabels(rows, name, purpose);
  return Array.from({ length: columnLength(column) }, (_, row) => String(valueAt(column, row)));
}

/**
 * The codes of a column's labels, as {@link labelsOf} gives them.
 *
 * @param codes of all labels that there are. @throws ConfigurationError with the row of a cell that is empty.
 */
export function labelCodes(
  rows: PredictionRows,
  name: string,
  { purpose, codes }: { readonly purpose: string; readonly codes: ReadonlyMap<string, number> },
): Int32Array {
  const column = checkLabels(rows, name, purpose);
  if (column.type === 'category') {
    const known = Int32Array.from(column.dictionary, (label) => codes.get(label) ?? -1);
    return column.codes.map((code) => known[code]!);
  }
  return Int32Array.from(column.values, (_, row) => codes.get(String(valueAt(column, row)))!);
}
