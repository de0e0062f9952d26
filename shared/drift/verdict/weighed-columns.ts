import { measuredShare } from '../../text/percent.ts';
import type { ColumnDrift } from '../report/drift-report.ts';

/** The weight of some features among all; equal weights where the model gives none. */
export function weightShare(
  columns: readonly ColumnDrift[],
  wanted: (column: ColumnDrift) => boolean,
): number {
  const features = columns.filter(({ role, outcome }) => role === 'feature' && outcome !== 'new-column');
  const total = features.reduce((sum, { weight }) => sum + weight, 0);
  const weight = (column: ColumnDrift): number => (total > 0 ? column.weight / total : 1 / features.length);
  const share = features.filter(wanted).reduce((sum, column) => sum + weight(column), 0);
  return Math.min(1, share);
}

/** The columns' names in a line, at most so many. */
export function namesOf(columns: readonly ColumnDrift[], most = 5): string {
  const names = columns.slice(0, most).map(({ name }) => name);
  return names.join(', ') + (columns.length > most ? ` and ${columns.length - most} more` : '');
}

/**
 * The share of the model that drifted columns carry: `columns carrying 97% of feature importance`; where the model gives no
 * importance, `60% of the columns`.
 *
 * @param limit a threshold that stands beside it.
 */
export function carriedWords(columns: readonly ColumnDrift[], share: number, limit: number): string {
  const measured = measuredShare(share, { beside: limit });
  const features = columns.filter(({ role, outcome }) => role === 'feature' && outcome !== 'new-column');
  // Without a model all weigh the same.
  const known = new Set(features.map(({ weight }) => weight)).size > 1;
  return known ? `columns carrying ${measured} of feature importance` : `${measured} of the columns`;
}
