import type { CategoryColumn } from '../table/table.ts';

/** The texts that a column's rows hold, and how many rows hold each; texts that no row holds are left out. */
export interface TextCounts {
  readonly texts: readonly string[];
  /** Rows by text. */
  readonly rows: Float64Array;
  /** Rows that hold a text. */
  readonly present: number;
}

/** Counts the rows of a column's texts: its dictionary may hold more, when not all rows are read. */
export function countTexts({ codes, dictionary }: CategoryColumn): TextCounts {
  const counts = new Float64Array(dictionary.length);
  let present = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    counts[code]!++;
    present++;
  }
  if (!counts.includes(0)) return { texts: dictionary, rows: counts, present };
  return {
    texts: dictionary.filter((_, code) => counts[code]! > 0),
    rows: counts.filter((count) => count > 0),
    present,
  };
}

/** Rows whose text passes a test. */
export function rowsWhere({ texts, rows }: TextCounts, test: (text: string) => boolean): number {
  let sum = 0;
  for (let i = 0; i < texts.length; i++) if (test(texts[i]!)) sum += rows[i]!;
  return sum;
}
