import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Column, ColumnType } from '../../dataset/table/table.ts';
import { numberOfText } from '../../dataset/values/number-text.ts';
import { quote } from '../../platform/errors.ts';

/** Values that are quoted at most. */
const mostQuoted = 3;

/** The different values of a column that at least five rows have, as they are written, the most frequent first. */
function writtenValues(column: Column): string[] {
  const counts = new Map<string, number>();
  const add = (text: string): void => void counts.set(text, (counts.get(text) ?? 0) + 1);
  switch (column.type) {
    case 'category':
      for (const code of column.codes) if (code >= 0) add(column.dictionary[code]!);
      break;
    case 'boolean':
      for (const value of column.values) if (value >= 0) add(String(value === 1));
      break;
    case 'date':
      for (const value of column.values) if (!Number.isNaN(value)) add(new Date(value).toISOString());
      break;
    default:
      for (const value of column.values) if (!Number.isNaN(value)) add(String(value));
  }
  return [...counts]
    .filter(([, rows]) => rows >= fewestPublishedRows)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([text]) => text);
}

/**
 * Examples of what a column holds now that is not of the type it had: `, such as "large" and "small"`; of texts among
 * numbers those that are no numbers. Empty where there is no value.
 */
export function retypedExamples(was: ColumnType, column: Column | undefined): string {
  if (!column) return '';
  const values = writtenValues(column);
  const strange = was === 'number' ? values.filter((text) => Number.isNaN(numberOfText(text))) : values;
  const quoted = (strange.length > 0 ? strange : values).slice(0, mostQuoted).map(quote);
  if (quoted.length === 0) return '';
  const last = quoted.pop()!;
  return `, such as ${quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`}`;
}
