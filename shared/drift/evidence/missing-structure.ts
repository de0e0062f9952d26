import { measuredShare } from '../../text/percent.ts';
import type { EffectiveShares } from '../dependence/effective-rows.ts';
import { moreMissing } from '../structural/missing-values.ts';
import { noStructure, type Structure } from '../structural/structural-test.ts';
import type { ColumnSides } from './evidence.ts';

/** Whether values are missing that were there, in words; not tested where none is missing, or all are. */
export function missingStructure(
  { reference, current }: ColumnSides,
  rows: { readonly reference: number; readonly current: number },
  shares: EffectiveShares,
): Structure {
  const missing = reference.missing + current.missing;
  if (missing === 0 || missing === rows.reference + rows.current) return noStructure;
  const p = moreMissing(
    { count: reference.missing, rows: rows.reference },
    { count: current.missing, rows: rows.current },
    shares,
  );
  if (p === undefined) return { tested: ['missing'], seen: [] };
  const [before, now] = [reference.missing / rows.reference, current.missing / rows.current];
  const words = `${reference.name} is missing in ${now === 1 ? 'all' : `${measuredShare(now)} of the`} rows, ${
    before === 0 ? 'where it never was' : `after ${measuredShare(before)}`
  }`;
  return { tested: ['missing'], seen: [{ change: 'missing', p, words }] };
}
