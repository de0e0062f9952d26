import type { SampleRecord } from '../../config/lock/lock.ts';
import type { PinnedTable } from '../lock/pinned-table.ts';
import type { DividedRows } from '../split/divided-rows.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import { qualityChecks, worstStatus } from './quality-checks.ts';
import type { QualityReport } from './quality-report.ts';
import { rankCorrelations } from './rank-correlations.ts';
import { remarksOn } from './remarks.ts';
import { rowUse } from './row-use.ts';
import { alikeInSample, sampleRemarks, sampleReport } from './sample-report.ts';

/** What preparing found out beside the rows that are checked. */
interface Figures {
  readonly pinned: PinnedTable;
  readonly sample: SampleRecord | undefined;
  readonly divided: DividedRows;
  readonly changes: QualityReport['changes'];
  readonly identifiers: readonly string[];
  readonly personal: readonly string[];
  /** What there is to say of folds. */
  readonly remark: string | undefined;
  /** What there is to say of the steps. */
  readonly steps: readonly string[];
}

/**
 * What quality.json says of a dataset: the account of its rows, what was changed in them, what is worth a remark, and
 * the checks. Checks that fail are a result, not an exception.
 */
export function assessQuality(
  checked: CheckedDataset,
  { pinned, sample, divided, changes, identifiers, personal, remark, steps }: Figures,
): QualityReport {
  const remarks = [
    ...remarksOn(checked, { identifiers, personal }),
    ...sampleRemarks(sample),
    ...alikeInSample(sample, checked),
    ...(remark === undefined ? [] : [{ kind: 'folds' as const, message: remark }]),
    ...steps.map((message) => ({ kind: 'steps' as const, message })),
  ];
  const checks = qualityChecks(checked);
  const sampled = sampleReport(sample, checked.config, pinned.table.rows);
  return {
    version: 2,
    rows: {
      read: pinned.table.rows,
      ...(sampled ? { sampled } : {}),
      dropped: pinned.table.rows - checked.table.rows,
      kept: checked.table.rows,
      ...rowUse(divided),
    },
    columns: checked.columns,
    changes,
    correlations: rankCorrelations(checked),
    ...(remarks.length === 0 ? {} : { remarks }),
    checks,
    status: worstStatus(checks),
  };
}
