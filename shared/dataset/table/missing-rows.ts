import type { Column } from './table.ts';

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
  if (column.type === 'category') return countNegative(column.codes);
  if (column.type === 'boolean') return countNegative(column.values);
  const { values } = column;
  let missing = 0;
  for (let row = 0; row < values.length; row++) missing += Number(Number.isNaN(values[row]!));
  return missing;
}

function countNegative(codes: Int32Array | Int8Array): number {
  let negative = 0;
  for (let row = 0; row < codes.length; row++) negative += Number(codes[row]! < 0);
  return negative;
}
