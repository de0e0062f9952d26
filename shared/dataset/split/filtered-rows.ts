import { columnOf, takeColumn } from '../table/table.ts';
import { timesOf } from '../time/window.ts';
import { selectRows, takeSplit } from './side-tables.ts';
import { hashSides, type RowsToDivide } from './split-rows.ts';
import type { Splits, SplitTable } from './split-table.ts';

/**
 * The rows dropped by filters on features that would have been test rows: a filter must not shrink the rows on which
 * champion and challenger are compared.
 *
 * @param rows the rows dropped so, ascending.
 */
export function filteredTestRows(division: RowsToDivide, rows: Uint32Array, splits: Splits): SplitTable {
  const { cleaned, config, identity } = division;
  const { time } = config.data;
  const sides =
    config.split.by === 'time' && time !== undefined
      ? sidesFrom(
          earliest(splits.test, time),
          timesOf(takeColumn(columnOf(cleaned, time), rows), time).values,
        )
      : hashSides(division, rows);
  const places = selectRows(sides, 2);
  for (let i = 0; i < places.length; i++) places[i] = rows[places[i]!]!;
  return takeSplit(cleaned, places, identity.ids);
}

function earliest({ table }: SplitTable, time: string): number {
  return timesOf(columnOf(table, time), time).values.reduce(
    (a, b) => Math.min(a, b),
    Number.POSITIVE_INFINITY,
  );
}

function sidesFrom(first: number, times: Float64Array): Uint8Array {
  return Uint8Array.from(times, (time) => (time >= first ? 2 : 0));
}
