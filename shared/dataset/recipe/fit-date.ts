import { quote } from '../../platform/errors.ts';
import { presentValues } from '../statistics/order-statistics.ts';
import type { DateColumn } from '../table/table.ts';
import { linearParts } from '../values/date-parts.ts';
import { type ColumnFit, checkEncoding, featureError, fitIndicator, fitShape } from './fit-policy.ts';
import { imputedNumber } from './imputed-number.ts';
import type { DateFeature } from './recipe-schema.ts';
import { fitScaling } from './scaling.ts';

/**
 * Fits a date column: the declared parts (default timestamp, month, weekday), in UTC.
 *
 * @throws ConfigurationError when the feature's policy does not fit dates.
 */
export function fitDate(fit: ColumnFit, column: DateColumn): DateFeature {
  if (fit.policy.transform !== 'none') {
    throw featureError(
      fit,
      'transform',
      `${quote(fit.policy.transform)} is for numbers, and ${fit.name} is a date column; leave it out`,
    );
  }
  checkEncoding(fit, ['plain', 'piecewise-linear']);
  const present = presentValues(column.values);
  const impute = imputedNumber(fit, present);
  const names = fit.policy.parts ?? (['timestamp', 'month', 'weekday'] as const);
  const parts = [...new Set(names)].map((name): DateFeature['parts'][number] => {
    if (name !== 'year' && name !== 'day' && name !== 'timestamp') return { part: name };
    const read = linearParts[name];
    const imputed = column.values.map((value) => read(Number.isNaN(value) ? impute : value));
    return {
      part: name,
      scaling: fitScaling(fit.policy.scale, imputed),
      ...fitShape(fit.policy, present.map(read)),
    };
  });
  const indicator = fitIndicator(fit, column.values.length - present.length);
  return { kind: 'date', column: fit.name, impute, indicator, parts };
}
