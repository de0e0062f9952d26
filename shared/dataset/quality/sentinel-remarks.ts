import { formatCount } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import { columnOf } from '../table/table.ts';
import { yamlText } from '../types/declared-line.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import type { QualityRemark } from './quality-report.ts';

/** -999, 9999, 99: nothing but nines. */
const nines = /^-?9{2,}$/;
const fewestRows = 5;
const leastShare = 0.01;

/**
 * Numbers of nothing but nines (`-999`) that come often and lie further from all others than these from each other: they mostly
 * stand for a missing value, and a model takes them for an amount.
 */
export function sentinelRemarks({ table, schema }: CheckedDataset): QualityRemark[] {
  return schema.columns.flatMap(({ name, type, role }): QualityRemark[] => {
    const column = columnOf(table, name);
    if (type !== 'number' || role === 'ignored' || column.type !== 'number') return [];
    const found = farEnd(column.values);
    if (!found) return [];
    if (found.rows < fewestRows || found.rows < table.rows * leastShare) return [];
    return [
      {
        column: name,
        kind: 'sentinel',
        message: `${name} is ${found.value} in ${formatCount(found.rows)} rows (${measuredShare(found.rows / table.rows)}), far from all others: does it stand for a missing value? Then prepare: { missing-markers: { add: [${yamlText(String(found.value))}] } } says so; it holds for all columns`,
      },
    ];
  });
}

/**
 * The least or the greatest value, where it is of nothing but nines and lies further from the next than the others do from each
 * other.
 */
function farEnd(values: Float64Array): { readonly value: number; readonly rows: number } | undefined {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  // Few columns end in nines: the others are gone through once.
  const [isLow, isHigh] = [nines.test(String(least)), nines.test(String(greatest))];
  if (!isLow && !isHigh) return undefined;
  let second = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let [low, high] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === least) low++;
    else if (value < second) second = value;
    if (value === greatest) high++;
    else if (value > last) last = value;
  }
  if (!(second < greatest)) return undefined;
  if (second - least > greatest - second) return isLow ? { value: least, rows: low } : undefined;
  return isHigh && greatest - last > last - least ? { value: greatest, rows: high } : undefined;
}
