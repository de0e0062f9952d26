import type { Row, Value } from '../../dataset/table/table.ts';
import type { FieldData } from '../data.ts';
import { chartedNumber, type PageModel } from './model.ts';

/** Values of a feature that its chart tries. */
const tried = 49;
/** Categories that are drawn; the others are in the list of the field. */
const shownCategories = 8;

/** How the answer changes along one feature. */
export interface Curve {
  readonly field: FieldData;
  /** The row's own value. */
  readonly at: Value;
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly value: Value;
  readonly answer: number;
}

/** The row with one value replaced. A name may be anything, __proto__ too. */
function withValue(row: Row, name: string, value: Value): Row {
  const changed: Record<string, Value> = Object.create(null);
  for (const [other, own] of Object.entries(row)) changed[other] = own;
  changed[name] = value;
  return changed;
}

function valuesOf({ column, span, control, step = 1 }: FieldData, at: Value): Value[] {
  if (column.type === 'boolean') return [true, false];
  if (column.type === 'category') {
    const first = (column.categories ?? []).slice(0, shownCategories);
    return typeof at === 'string' && !first.includes(at)
      ? [...first.slice(0, shownCategories - 1), at]
      : first;
  }
  if (!span) return [];
  const low = typeof at === 'number' ? Math.min(span[0], at) : span[0];
  const high = typeof at === 'number' ? Math.max(span[1], at) : span[1];
  // Whole numbers of a small range, such as cylinders: each of them, and nothing between.
  if (control === 'number' && step >= 1 && Number.isInteger(low) && high - low <= 12) {
    return Array.from({ length: high - low + 1 }, (_, i) => low + i);
  }
  const even = Array.from({ length: tried }, (_, i) => low + ((high - low) * i) / (tried - 1));
  if (typeof at !== 'number' || even.includes(at)) return even;
  return [...even, at].toSorted((a, b) => a - b);
}

/**
 * Predicts the row over and over, moving one feature, and hands back after each prediction: of a large model one alone takes a
 * while. @param label of a classifier, the class whose probability counts.
 */
export function* curveOf(
  model: PageModel,
  field: FieldData,
  row: Row,
  label: string | undefined,
): Generator<void, Curve> {
  const { name } = field.column;
  const at = row[name] ?? null;
  const points: CurvePoint[] = [];
  for (const value of valuesOf(field, at)) {
    points.push({ value, answer: chartedNumber(model.predict(withValue(row, name, value)), label) });
    yield;
  }
  return { field, at, points };
}
