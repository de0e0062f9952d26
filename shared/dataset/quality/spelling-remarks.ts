import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { quote } from '../../platform/errors.ts';
import { byCount, formatCount } from '../../text/counts.ts';
import { categoryCounts } from '../statistics/category-counts.ts';
import { columnOf } from '../table/table.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityRemark } from './quality-report.ts';

/** Of more texts a column is of free text, where spellings are nobody's mistake. */
const mostTexts = 2048;
const shownPairs = 3;

/**
 * Categories of features and of the target that are the same but for case, spaces, or the form of their characters (`é` as one or as
 * two): they are categories of their own, as they are written, and hardly ever meant to be.
 */
export function spellingRemarks({ table, schema }: CheckedDataset): QualityRemark[] {
  return schema.columns.flatMap(({ name, type, role }): QualityRemark[] => {
    if (type !== 'category' || role === 'ignored') return [];
    const column = columnOf(table, name);
    if (column.type !== 'category') return [];
    const { categories } = categoryCounts(column);
    if (categories.length > mostTexts) return [];
    const alike = Map.groupBy(
      categories.filter(({ value }) => /\p{L}/u.test(value)),
      ({ value }) => bareForm(value),
    );
    const groups = [...alike.values()].filter((group) => group.length > 1);
    if (groups.length === 0) return [];
    const texts = groups.reduce((sum, group) => sum + group.length - 1, 0);
    return [
      {
        column: name,
        kind: 'spelling',
        message: `${name} has ${byCount(texts, 'one text that differs', `${formatCount(texts)} texts that differ`)} from another only in case, spaces or the form of characters${examplesOf(groups)}: each is a category of its own. Write them alike where they come from, or in a column of prepare.derive (op.lower)`,
      },
    ];
  });
}

function bareForm(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** Remarks stand in public logs: a text of fewer rows than may be published is quoted nowhere. */
function examplesOf(groups: readonly (readonly { value: string; count: number }[])[]): string {
  const shown = groups
    .map((group) => group.filter(({ count }) => count >= fewestPublishedRows))
    .filter((group) => group.length > 1)
    .slice(0, shownPairs)
    .map((group) => group.map(({ value }) => quote(value)).join(' and '));
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}
