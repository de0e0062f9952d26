import { measuredShare } from '../../text/percent.ts';
import type { ColumnDrift } from '../report/drift-report.ts';
import { namesOf, weightShare } from './weighed-columns.ts';

/** Outcomes of a column whose values could not be compared by what is at hand. */
const incomparable: ReadonlySet<ColumnDrift['outcome']> = new Set([
  'cannot-be-compared',
  'too-many-categories',
]);

/** Whether nobody knows if a column's values drifted: there is something to compare, and too little to do it by. */
export function isIncomparable({ outcome, drifted }: Pick<ColumnDrift, 'outcome' | 'drifted'>): boolean {
  return incomparable.has(outcome) && !drifted;
}

/** Weight of the features that cannot be compared from which on the others say nothing of the table. */
const halfTheModel = 0.5;

/** Columns, and predictions, of which nobody knows whether they drifted. */
export interface Incomparable {
  readonly columns: readonly ColumnDrift[];
  /** Of the features' weight. */
  readonly share: number;
  readonly prediction: boolean;
}

/** Finds them. */
export function incomparableOf({
  columns,
  prediction,
}: {
  readonly columns: readonly ColumnDrift[];
  readonly prediction?: ColumnDrift | undefined;
}): Incomparable {
  return {
    columns: columns.filter(isIncomparable),
    share: weightShare(columns, isIncomparable),
    prediction: prediction !== undefined && isIncomparable(prediction),
  };
}

/** Which columns cannot be compared, at most as many names as a line holds; undefined where all can. */
export function incomparableText({ columns, share }: Incomparable, most?: number): string | undefined {
  if (columns.length === 0) return undefined;
  return `${namesOf(columns, most)} cannot be compared: ${measuredShare(share)} of ${columns.some(({ weight }) => weight > 0) ? 'feature importance' : 'the columns'}`;
}

/** Whether they weigh so much in the model that the other columns say nothing of the table. */
export function carriesModel({ columns, share }: Incomparable): boolean {
  // Five of ten are a half, whatever the last digit of the sum.
  return columns.length > 0 && share >= halfTheModel - 1e-9;
}
