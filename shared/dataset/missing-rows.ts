import { type Column, columnLength } from './table.ts';

/** Says whether a row of a column is missing. */
export function missingTest(column: Column): (row: number) => boolean {
  if (column.type === 'category') {
    const { codes } = column;
    return (row) => codes[row]! < 0;
  }
  if (column.type === 'boolean') {
    const { values } = column;
    return (row) => values[row]! < 0;
  }
  const { values } = column;
  return (row) => Number.isNaN(values[row]!);
}

/** How many rows of a column are missing. */
export function countMissing(column: Column): number {
  const isMissing = missingTest(column);
  const rows = columnLength(column);
  let missing = 0;
  for (let row = 0; row < rows; row++) if (isMissing(row)) missing++;
  return missing;
}
