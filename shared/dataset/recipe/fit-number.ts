import { quote } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import { momentsOf } from '../statistics/moments.ts';
import { presentValues } from '../statistics/order-statistics.ts';
import { type PublishedPlaces, publishedQuantiles } from '../statistics/published-values.ts';
import type { NumberColumn } from '../table/table.ts';
import { losesDigits } from '../values/single-precision.ts';
import { type ColumnFit, checkEncoding, featureError, fitIndicator, fitShape } from './fit-policy.ts';
import { imputedNumber } from './imputed-number.ts';
import { piecePlaces } from './pieces.ts';
import type { NumberFeature, Transform } from './recipe-schema.ts';
import { fitScaling } from './scaling.ts';
import { compileTransform, domainOf } from './transform.ts';

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
