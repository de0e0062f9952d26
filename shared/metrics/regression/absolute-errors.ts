import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { valuesByRow } from '../metric/mean-of-rows.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';

/** |actual − predicted| by row. */
export function absoluteErrors(rows: RegressionPredictions): Float64Array {
  return valuesByRow(rows, (actual, predicted) => Math.abs(actual - predicted));
}

/** {@link absoluteErrors} and the rows in their ascending order, made when first asked for: for weights of rows. */
export function placesOnce(rows: RegressionPredictions) {
  let places: { readonly errors: Float64Array; readonly order: Uint32Array } | undefined;
  return () => {
    if (places) return places;
    const errors = absoluteErrors(rows);
    places = { errors, order: ascendingOrder(errors) };
    return places;
  };
}
