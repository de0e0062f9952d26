import { padTo, visibleLength } from './words.ts';

/** Columns of text under each other, two spaces apart; numbers are aligned to the right. */
export function textTable(
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string[] {
  const widths = align.map((_, column) =>
    Math.max(0, ...rows.map((row) => visibleLength(row[column] ?? ''))),
  );
  return rows.map((row) =>
    align
      .map((side, column) => padTo(row[column] ?? '', widths[column]!, side))
      .join('  ')
      .trimEnd(),
  );
}
