import type { CategoryColumn } from '../../dataset/table/table.ts';

/** The same texts with the dictionary in order of first appearance and without entries that no row has. */
export function byFirstAppearance(column: CategoryColumn): CategoryColumn {
  const renumbered = new Int32Array(column.dictionary.length).fill(-1);
  const dictionary: string[] = [];
  const codes = new Int32Array(column.codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = column.codes[row]!;
    if (code < 0) {
      codes[row] = -1;
      continue;
    }
    let next = renumbered[code]!;
    if (next < 0) {
      next = dictionary.push(column.dictionary[code]!) - 1;
      renumbered[code] = next;
    }
    codes[row] = next;
  }
  return { type: 'category', codes, dictionary };
}
