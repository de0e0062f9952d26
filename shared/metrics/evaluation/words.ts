/** A number as it was written: in what the user declared. */
export function written(value: number): string {
  return String(value).replace('-', '−').replace('e+', 'e');
}

/** A fraction as a percentage: `2%`. */
export function percent(share: number): string {
  return `${written(Number((share * 100).toPrecision(12)))}%`;
}

/** A number of rows: `61 rows`. */
export function countedRows(rows: number): string {
  return `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;
}
