import type { Column } from '../../dataset/table/table.ts';
import { numberOfBareText } from '../../dataset/values/number-text.ts';
import type { NumberReader } from './number-notation.ts';

/**
 * A column that was read again as text because its numbers looked like codes: its texts when they are only digits
 * (`01000`), so that no zero is lost; else numbers, as they were (`01.50`).
 */
export function codesOrNumbers(column: Column, read: NumberReader | undefined): Column {
  if (column.type !== 'category' || column.dictionary.every((text) => /^\s*\d+\s*$/.test(text)))
    return column;
  const numbers = column.dictionary.map((text) =>
    read ? read(Buffer.from(text.trim()), 0, Buffer.byteLength(text.trim())) : numberOfBareText(text.trim()),
  );
  return {
    type: 'number',
    values: Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : numbers[code]!)),
  };
}
