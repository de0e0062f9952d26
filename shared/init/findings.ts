// What there is to know of a table beside what is decided. What of it is said depends on what is decided, by whomever.
import type { PreparedDataset } from '../dataset/prepare-dataset.ts';
import type { Panel } from '../dataset/quality/panel.ts';
import type { QualityCheck } from '../dataset/quality/quality-report.ts';

/** Something that is said unless a decision has settled it. */
export type Finding =
  /** Rows of one value may belong together. */
  | { readonly kind: 'group'; readonly column: string; readonly message: string }
  | { readonly kind: 'panel'; readonly panel: Panel }
  | { readonly kind: 'check'; readonly check: QualityCheck }
  /** A column that nearly is the target. */
  | { readonly kind: 'near-copy'; readonly column: string; readonly message: string }
  /** Years that may be when a row happened. */
  | { readonly kind: 'years'; readonly column: string; readonly message: string }
  /** A column that is left out because it cannot be read. */
  | { readonly kind: 'unread'; readonly column: string; readonly message: string };

/** What prepare remarks of groups, and its checks that do not pass, except for those that decide what is left out. */
export function findingsOf({ quality }: Pick<PreparedDataset, 'quality'>): Finding[] {
  return [
    ...(quality.remarks ?? []).flatMap(({ kind, column, message }): Finding[] =>
      kind === 'group' && column !== undefined ? [{ kind, column, message }] : [],
    ),
    ...quality.checks.flatMap((check): Finding[] =>
      check.status === 'pass' || ['constant', 'rare-classes'].includes(check.check)
        ? []
        : [{ kind: 'check', check }],
    ),
  ];
}
