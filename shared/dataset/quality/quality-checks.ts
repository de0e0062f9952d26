// The checks of a dataset's quality: each a result with a status, none an error.
import type { LevelCheck } from '../../config/sections/checks-section.ts';
import { countDistinct } from '../statistics/distinct-count.ts';
import { countMissing } from '../table/missing-rows.ts';
import type { Table } from '../table/table.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import { constantChecks, leakageChecks, manyCategoriesChecks } from './quality-features.ts';
import { keyOverlapCheck, splitDuplicateCheck } from './quality-overlaps.ts';
import type { QualityCheck, QualityReport } from './quality-report.ts';
import {
  droppedCheck,
  duplicateCheck,
  minRowsCheck,
  missingChecks,
  missingGroupCheck,
  missingTargetCheck,
} from './quality-shares.ts';
import { rareClassesCheck } from './rare-classes.ts';

/** Looks at the data as `prepare.checks` asks. */
export function qualityChecks(checked: CheckedDataset): QualityCheck[] {
  const { checks } = checked.config.prepare;
  return [
    ...missingChecks(checked, checks['max-missing']),
    ...missingTargetCheck(checked, checks['max-missing']),
    ...missingGroupCheck(checked),
    ...duplicateCheck(checked, checks['max-duplicates']),
    ...droppedCheck(checked, checks['max-dropped']),
    minRowsCheck(checked, checks['min-rows']),
    ...atLevel(checks.constant, (level) => constantChecks(checked, level)),
    ...atLevel(checks.leakage, (level) => leakageChecks(checked, level)),
    ...atLevel(checks['split-duplicates'], (level) => splitDuplicateCheck(checked, level)),
    ...atLevel(checks['key-overlap'], (level) => keyOverlapCheck(checked, level)),
    ...manyCategoriesChecks(checked),
    ...rareClassesCheck(checked),
  ];
}

function atLevel(check: LevelCheck, look: (level: 'warn' | 'fail') => QualityCheck[]): QualityCheck[] {
  return check === 'off' ? [] : look(check);
}

/** The worst of the checks' statuses. */
export function worstStatus(checks: readonly QualityCheck[]): QualityReport['status'] {
  if (checks.some(({ status }) => status === 'fail')) return 'fail';
  return checks.some(({ status }) => status === 'warn') ? 'warn' : 'pass';
}

/** Missing and distinct values of every column. */
export function columnCounts(table: Table): QualityReport['columns'] {
  return [...table.columns].map(([name, column]) => ({
    name,
    type: column.type,
    missing: countMissing(column),
    distinct: countDistinct(column),
  }));
}
