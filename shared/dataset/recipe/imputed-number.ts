import { momentsOf } from '../statistics/moments.ts';
import { type PublishedPlaces, publishedAt, publishedMedian } from '../statistics/published-values.ts';
import { parseIsoDate } from '../values/iso-date.ts';
import { type ColumnFit, constantError, featureError, warnEmpty } from './fit-policy.ts';

/** The most frequent value; of equally frequent ones the smallest, as scikit-learn's SimpleImputer. */
function modeOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  let best = sorted[0]!;
  let most = 0;
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (i - start > most) {
      most = i - start;
      best = sorted[start]!;
    }
    start = i;
  }
  return best + 0;
}

/**
 * What stands for a missing number or date; rows that `drop` and `fail` let through elsewhere get the median. A median or
 * mode that is the value of fewer than five rows gives way to a number beside it: recipes are published.
 */
export function imputedNumber(fit: ColumnFit, present: Float64Array, places?: PublishedPlaces): number {
  const { missing = 'median' } = fit.policy;
  if (typeof missing === 'object') return constantNumber(fit, missing.constant);
  if (missing === 'level') {
    throw featureError(
      fit,
      'missing',
      `"level" is for categories, and ${fit.name} is a ${fit.column.type} column; use median, mean, mode or { constant: … }, with indicator: true`,
    );
  }
  if (present.length === 0) {
    warnEmpty(fit, 'it is imputed with 0 and tells the model nothing; leave it out with prepare.exclude');
    return 0;
  }
  if (missing === 'mean') return momentsOf(present).mean;
  const type = fit.column.type === 'date' ? 'date' : 'number';
  if (missing === 'mode') {
    const mode = modeOf(present);
    return publishedAt(mode, present.filter((value) => value < mode).length, present, type);
  }
  return places?.median ?? publishedMedian(present, type);
}

function constantNumber(fit: ColumnFit, constant: number | string | boolean): number {
  if (typeof constant === 'number' && Number.isFinite(constant)) return constant + 0;
  const date =
    fit.column.type === 'date' && typeof constant === 'string' ? parseIsoDate(constant) : undefined;
  if (date === undefined) throw constantError(fit, constant);
  return date;
}
