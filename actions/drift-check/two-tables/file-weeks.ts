import type { Column, Table } from '../../../shared/dataset/table/table.ts';
import { weeklyColumns } from '../../../shared/drift/dependence/weekly-pattern.ts';
import type { DriftInput } from '../../../shared/drift/drift-input.ts';
import type { DriftReport } from '../../../shared/drift/report/drift-report.ts';
import type { DriftOptions } from '../../../shared/drift/verdict/drift-options.ts';
import { driftSettings } from '../../../shared/drift/verdict/drift-options.ts';
import { weeklyPatternOf } from '../../../shared/drift/verdict/weekly-words.ts';
import { day } from '../../../shared/platform/time-lengths.ts';

/** The columns of the reference, or else of the current rows, that come round in a week; undefined without a date to go by. */
export function weeklyPatternOfFiles(
  { reference, tables }: DriftInput,
  { time, options = {} }: { readonly time?: string; readonly options?: DriftOptions },
): DriftReport['weekly-pattern'] {
  if (time === undefined) return undefined;
  const names = new Set(reference.columns.map(({ name }) => name));
  const { minEffect } = driftSettings(options);
  const weekly = (table: Table | undefined): string[] | undefined => {
    const times = datesOf(table?.columns.get(time));
    if (!table || !times) return undefined;
    const columns = new Map([...table.columns].filter(([name]) => names.has(name)));
    return weeklyColumns({ rows: table.rows, columns }, times, { leastEffect: minEffect });
  };
  const found = weekly(tables?.reference) ?? weekly(tables?.current);
  return found && weeklyPatternOf(found, daysOf(datesOf(tables?.current?.columns.get(time))));
}

function datesOf(column: Column | undefined): Float64Array | undefined {
  return column?.type === 'date' ? column.values : undefined;
}

/** From the first day that has a row to the last. */
function daysOf(times: Float64Array | undefined): number | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times ?? []) {
    if (Number.isNaN(time)) continue;
    first = Math.min(first, Math.floor(time / day));
    last = Math.max(last, Math.floor(time / day));
  }
  return first > last ? undefined : last - first + 1;
}
