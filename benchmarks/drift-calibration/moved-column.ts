import { momentsOf } from '../../shared/dataset/statistics/moments.ts';
import type { CategoryColumn, Column } from '../../shared/dataset/table/table.ts';
import type { Random } from '../../shared/platform/random.ts';

const fewValues = 50;

function counts({ codes, dictionary }: CategoryColumn): Float64Array {
  const found = new Float64Array(dictionary.length);
  for (const code of codes) if (code >= 0) found[code]!++;
  return found;
}

/** A share of the rows goes from the reference's most frequent category to the others, as a fresh draw has them. */
function movedCategories(
  reference: CategoryColumn,
  current: CategoryColumn,
  { share, random, fresh }: { share: number; random: Random; fresh: CategoryColumn },
): CategoryColumn {
  const found = counts(reference);
  const largest = found.indexOf(Math.max(...found));
  const others = fresh.codes.filter((code) => code !== largest && code >= 0);
  const chance = share / (found[largest]! / reference.codes.length);
  const codes = current.codes.map((code) =>
    code === largest && random.next() < chance ? others[random.integer(others.length)]! : code,
  );
  return { ...current, codes };
}

/** How far a column moves, and more rows of it without the move. */
export interface Move {
  readonly shift: number;
  readonly fresh: Column;
  readonly random: Random;
}

/**
 * A column moved by a shift as a report states it: standard deviations of the reference, or a share of rows with another
 * category.
 */
export function moved(reference: Column, current: Column, { shift, fresh, random }: Move): Column {
  if (reference.type === 'category' && current.type === 'category' && fresh.type === 'category')
    return movedCategories(reference, current, { share: shift, random, fresh });
  if (reference.type !== 'number' || current.type !== 'number')
    throw new TypeError('no such column is simulated');
  const { count, m2 } = momentsOf(reference.values);
  const by = shift * Math.sqrt(m2 / count);
  const few = new Set(reference.values).size <= fewValues && reference.values.every((x) => !(x % 1));
  return {
    type: 'number',
    // Whole numbers, all of them one apart here.
    values: current.values.map((value) => (few ? Math.floor(value + by + random.next()) : value + by)),
  };
}
