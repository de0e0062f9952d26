import { Numbering } from '../../platform/numbering.ts';
import type { CategoryColumn } from '../table/table.ts';

/** A column without the spaces around its texts. */
export interface TrimmedTexts {
  readonly column: CategoryColumn;
  /** By code of the column as it was: 1 where there were spaces. */
  readonly changed: Uint8Array;
}

/** Takes the spaces around texts away. @returns undefined where there are none. */
export function trimmedTexts({ codes, dictionary: texts }: CategoryColumn): TrimmedTexts | undefined {
  const trimmed = texts.map((text) => text.trim());
  const changed = Uint8Array.from(trimmed, (text, code) => Number(text !== texts[code]));
  if (!changed.includes(1)) return undefined;
  const known = new Numbering<string>();
  const mapped = Int32Array.from(trimmed, (text) => known.of(text));
  const column = {
    type: 'category',
    codes: codes.map((code) => (code < 0 ? code : mapped[code]!)),
    dictionary: known.values,
  } as const;
  return { column, changed };
}
