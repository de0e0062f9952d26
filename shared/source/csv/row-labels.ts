import { countDistinct } from '../../dataset/statistics/distinct-count.ts';
import { countMissing } from '../../dataset/table/missing-rows.ts';
import { type Column, columnLength } from '../../dataset/table/table.ts';
import { dateFormatsOf } from '../../dataset/values/date-candidates.ts';
import { monthOfName } from '../../dataset/values/month-names.ts';

/** So many texts are looked at to see whether they are times. */
const lookedAt = 100;

/**
 * What the first column of a file without a name for it holds, when it is the index that pandas writes, or the row names of R: whole
 * numbers that count up, from the start again where tables were put together, or that are all different, as of some of a table's
 * rows in any order; or texts that are all different. Times are data, and so is everything else.
 *
 * @returns the end of a sentence that begins with the column; undefined for data.
 * @example rowLabels({ type: 'number', values: Float64Array.of(0, 1, 2) }) // 'counts the rows'
 */
export function rowLabels(column: Column): string | undefined {
  const rows = columnLength(column);
  if (rows === 0 || countMissing(column) > 0) return undefined;
  if (column.type === 'number') {
    if (!column.values.every((value) => Number.isInteger(value) && value >= 0)) return undefined;
    if (countsUp(column.values)) return 'counts the rows';
    return countDistinct(column) === rows ? 'has another whole number in every row' : undefined;
  }
  if (column.type !== 'category' || column.dictionary.length !== rows) return undefined;
  return column.dictionary.slice(0, lookedAt).some(isTime) ? undefined : 'has another text in every row';
}

/** From 0 or 1, by one from row to row; a table that was put below another starts again. */
function countsUp(values: Float64Array): boolean {
  const [start] = values;
  return (
    (start === 0 || start === 1) &&
    values.every((value, row) => row === 0 || value === values[row - 1]! + 1 || value === start)
  );
}

/** Also what is written of digits alone, such as `10:30` or `2024-01`, and quarters and months of years. */
function isTime(text: string): boolean {
  if (/^\d[\d\s:./-]*$/.test(text) || dateFormatsOf(text).length > 0) return true;
  if (/^\d{4}[ -]?[QW]\d{1,2}(?:-\d)?$|^Q[1-4][ /-]?\d{2,4}$/i.test(text)) return true;
  const month = /^(?<month>[A-Za-z]{3,9})\.?[ -]?(?:\d{4}|\d{2})$/.exec(text)?.groups?.month;
  return month !== undefined && monthOfName(month) !== undefined;
}
