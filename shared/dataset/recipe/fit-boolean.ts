import type { BooleanColumn } from '../table/table.ts';
import {
  type ColumnFit,
  checkEncoding,
  constantError,
  featureError,
  fitIndicator,
  warnEmpty,
} from './fit-policy.ts';
import type { BooleanFeature } from './recipe-schema.ts';

/**
 * Fits a boolean column: the more frequent value stands for missing ones (false when equally frequent).
 *
 * @throws ConfigurationError when the feature's policy does not fit truth values.
 */
export function fitBoolean(fit: ColumnFit, column: BooleanColumn): BooleanFeature {
  checkEncoding(fit, []);
  const { missing = 'mode' } = fit.policy;
  let yes = 0;
  let no = 0;
  for (const value of column.values) {
    if (value === 1) yes++;
    else if (value === 0) no++;
  }
  const indicator = fitIndicator(fit, column.values.length - yes - no);
  const feature = { kind: 'boolean' as const, column: fit.name, indicator };
  if (typeof missing === 'object') {
    if (typeof missing.constant !== 'boolean') throw constantError(fit, missing.constant);
    return { ...feature, impute: missing.constant };
  }
  if (missing === 'median' || missing === 'mean' || missing === 'level') {
    throw featureError(
      fit,
      'missing',
      `"${missing}" is not for booleans, and ${fit.name} is one; use mode or { constant: true }, with indicator: true`,
    );
  }
  if (yes + no === 0) warnEmpty(fit, 'it is imputed with false and tells the model nothing');
  return { ...feature, impute: yes > no };
}
