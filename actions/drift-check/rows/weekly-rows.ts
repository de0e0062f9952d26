import type { Config } from '../../../shared/config/sections/schema.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import { weeklyColumns } from '../../../shared/drift/dependence/weekly-pattern.ts';
import type { DriftReport } from '../../../shared/drift/report/drift-report.ts';
import { weeklyPatternOf } from '../../../shared/drift/verdict/weekly-words.ts';
import { comparedColumns } from '../comparison.ts';
import type { CurrentRows } from './current-rows.ts';
import type { Reference } from './reference.ts';

/** The features that come round in a week: of the locked rows, or, where those are not at hand or too few, of the current ones. */
export function weeklyPattern(
  reference: Reference,
  { table, time, window }: CurrentRows,
  config: Config,
): DriftReport['weekly-pattern'] {
  const { columns } = comparedColumns(reference.profile, config);
  const names = columns.flatMap(({ name, role }) => (role === 'feature' ? [name] : []));
  const leastEffect = config.monitor.drift['min-effect'];
  const weekly = (rows: Table | undefined, timeName: string | undefined): string[] | undefined => {
    const times = timeName === undefined ? undefined : rows?.columns.get(timeName);
    if (!rows || times?.type !== 'date') return undefined;
    const features = names.flatMap((name) => {
      const column = rows.columns.get(name);
      return column ? [[name, column] as const] : [];
    });
    return weeklyColumns({ rows: rows.rows, columns: new Map(features) }, times.values, { leastEffect });
  };
  const found = weekly(reference.rows?.all(), config.data.time) ?? weekly(table, time);
  return found && weeklyPatternOf(found, window.days);
}
