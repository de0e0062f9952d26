import { quote } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import { momentsOf } from '../statistics/moments.ts';
import { presentValues } from '../statistics/order-statistics.ts';
import {
  type PublishedPlaces,
  publishedAt,
  publishedMedian,
  publishedQuantiles,
} from '../statistics/published-values.ts';
import type { BooleanColumn, DateColumn, NumberColumn } from '../table/table.ts';
import { linearParts } from '../values/date-parts.ts';
import { parseIsoDate } from '../values/iso-date.ts';
import { losesDigits } from '../values/single-precision.ts';
import {
  type ColumnFit,
  checkEncoding,
  constantError,
  featureError,
  fitIndicator,
  fitShape,
  warnEmpty,
} from './fit-policy.ts';
import { piecePlaces } from './pieces.ts';
import type { BooleanFeature, DateFeature, NumberFeature, Transform } from './recipe-schema.ts';
import { fitScaling } from './scaling.ts';
import { compileTransform, domainOf } from './transform.ts';

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
function imputedNumber(fit: ColumnFit, present: Float64Array, places?: PublishedPlaces): number {
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

function fitTransform(fit: ColumnFit, present: Float64Array): Transform {
  const declared = fit.policy.transform;
  if (typeof declared === 'string') return { type: declared };
  const shares = declared.clip;
  if (shares[0] > shares[1]) {
    throw featureError(
      fit,
      'transform.clip',
      `${quote(shares)} is upside down; write the lower quantile first`,
    );
  }
  if (present.length === 0) return { type: 'none' };
  const [low, high] = publishedQuantiles(present, shares, 'number');
  return { type: 'clip', low: low!, high: high! };
}

/** Every training value must lie in the transform's domain: dropping some silently would bend the fit. */
function checkDomain(fit: ColumnFit, transform: Transform, present: Float64Array, impute: number): void {
  const domain = domainOf(transform);
  if (!domain) return;
  const outside = present.filter((value) => !domain.holds(value));
  if (outside.length > 0) {
    const others = outside.length === 1 ? '' : ` and ${outside.length - 1} more outside it`;
    throw featureError(
      fit,
      'transform',
      `${transform.type} needs values ${domain.words}, but the training rows of ${fit.name} hold ${outside[0]}${others}; use another transform, or a range under features.${fit.name}.range`,
    );
  }
  if (present.length > 0 && !domain.holds(impute)) {
    throw featureError(
      fit,
      'missing',
      `${transform.type} needs values ${domain.words}, but missing values would become ${impute}`,
    );
  }
}

/** Fits a number column: impute, transform, scale, bound, pieces. */
export function fitNumber(fit: ColumnFit, column: NumberColumn): NumberFeature {
  checkEncoding(fit, ['plain', 'piecewise-linear']);
  const present = presentValues(column.values);
  const missing = column.values.length - present.length;
  const places = placesOf(fit, present);
  const impute = imputedNumber(fit, present, places);
  const transform = present.length === 0 ? { type: 'none' as const } : fitTransform(fit, present);
  checkDomain(fit, transform, present, impute);
  // Arrays as long as the column are made only where they would hold something else.
  const plain = transform.type === 'none';
  const transformed = plain && missing === 0 ? present : transformAll(column.values, impute, transform);
  const shaped = plain ? present : present.map(compileTransform(transform));
  if (fit.policy.scale === 'none') warnLostDigits(fit, shaped);
  return {
    kind: 'number',
    column: fit.name,
    impute,
    indicator: fitIndicator(fit, missing),
    transform,
    scaling: fitScaling(fit.policy.scale, transformed),
    ...fitShape(fit.policy, shaped, places),
  };
}

/** Where the values lie, of a column of which pieces and, as it may be, the median are needed as they are. */
function placesOf({ policy }: ColumnFit, present: Float64Array): PublishedPlaces | undefined {
  return policy.encode === 'piecewise-linear' && policy.transform === 'none'
    ? piecePlaces(present)
    : undefined;
}

/** Scaled numbers are scaled in double precision, and become inputs then. */
function warnLostDigits(fit: ColumnFit, values: Float64Array): void {
  const { count, mean, m2 } = momentsOf(values);
  const deviation = Math.sqrt(m2 / Math.max(1, count));
  if (!losesDigits({ mean, deviation })) return;
  fit.warnings.push(
    `features.${fit.name}.scale: none hands ${fit.name} on as it is, and its numbers lie about ${formatCount(Math.round(Math.abs(mean) / deviation))} deviations from zero: as 32-bit floats, which networks and linear models take, they lose digits that tell them apart. Leave scale out, so that they are standardised before`,
  );
}

function transformAll(values: Float64Array, impute: number, transform: Transform): Float64Array {
  const apply = compileTransform(transform);
  const imputed = apply(impute);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    out[i] = Number.isNaN(value) ? imputed : apply(value);
  }
  return out;
}

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
