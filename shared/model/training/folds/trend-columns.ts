// Columns that grow with the time, so that every later row lies beyond what was learned from: a date, a running number.
import { sideBeyond } from '../../../dataset/statistics/side-beyond.ts';
import { treeColumns } from '../../trees/tree-inputs.ts';
import type { TreeInput } from '../../trees/tree-model.ts';
import type { FoldData } from './fold-data.ts';

/**
 * Names of the columns of numbers and dates of which, in every fold, nearly all values of the later rows lie above, or nearly all below,
 * everything in the rows before them: what a model makes of such values it has never been corrected on.
 *
 * @param folds by time: the rows that stop a training come after those that it learns from.
 */
export function trendColumns(folds: readonly Pick<FoldData, 'recipe' | 'data'>[]): string[] {
  const perFold = folds.map(({ recipe, data: { splits } }) => {
    const { train, validation } = splits;
    if (!validation) return new Set<string>();
    const learned = treeColumns(recipe, train);
    const later = treeColumns(recipe, validation, learned.inputs);
    const running = learned.inputs.filter((input, at) => {
      const [before, after] = [learned.columns[at]!, later.columns[at]!];
      return isOfTime(input) && before.kind === 'number' && after.kind === 'number'
        ? sideBeyond(after.values, before.values) !== undefined
        : false;
    });
    return new Set(running.map(({ column }) => column));
  });
  const [first, ...others] = perFold;
  return [...(first ?? [])].filter((column) => others.every((names) => names.has(column)));
}

/** A part of a date that comes back every year or day never runs away. */
function isOfTime({ part }: TreeInput): boolean {
  return part === undefined || part === 'timestamp' || part === 'year';
}
