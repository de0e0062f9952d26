import { ConfigurationError } from '../../platform/errors.ts';
import { distinctNumbers } from '../statistics/distinct-numbers.ts';
import { addMoments, momentsOf, noMoments } from '../statistics/moments.ts';
import { orderStatistics, presentValues } from '../statistics/order-statistics.ts';
import type { DateColumn, NumberColumn } from '../table/table.ts';
import { countCells } from './cells.ts';
import type { NumberProfile } from './profile-schema.ts';

/** Distinct values up to which a support is exact. */
export const exactSupport = 2048;
/** Shares of the rows that quantile points cut: 511 points, 512 parts. */
const quantileParts = 512;

type Identity = Pick<NumberProfile, 'name' | 'role' | 'type'>;

/** Points at equal shares of the rows, and the smallest and largest value; each of them occurs in the column. */
function quantilePoints(values: Float64Array): Float64Array {
  const present = presentValues(values);
  const last = present.length - 1;
  const ranks = Array.from({ length: quantileParts + 1 }, (_, i) => Math.round((i * last) / quantileParts));
  return Float64Array.from(new Set(orderStatistics(present, ranks)));
}

function count(
  identity: Identity,
  support: NumberProfile['support'],
  points: Float64Array,
  values: Float64Array,
): NumberProfile {
  const { at, between, missing } = countCells(points, values);
  return {
    ...identity,
    support,
    points: [...points],
    at: [...at],
    between: [...between],
    missing,
    moments: momentsOf(values),
  };
}

/** Profiles a column over its own distinct values, or over its quantiles when it has more than 2,048. */
export function profileNumbers(identity: Identity, column: NumberColumn | DateColumn): NumberProfile {
  const { values } = column;
  const distinct = distinctNumbers(values, exactSupport);
  return distinct
    ? count(identity, 'values', distinct, values)
    : count(identity, 'quantiles', quantilePoints(values), values);
}

/** Counts a column over no points at all: rows with a value, and moments. */
export function countNumbers(identity: Identity, column: NumberColumn | DateColumn): NumberProfile {
  const moments = momentsOf(column.values);
  const missing = column.values.length - moments.count;
  return {
    ...identity,
    support: 'quantiles',
    points: [],
    at: [],
    between: [moments.count],
    missing,
    moments,
  };
}

/** Profiles a column over a reference's points; values that the reference never had fall into its gaps. */
export function profileNumbersOver(
  reference: NumberProfile,
  column: NumberColumn | DateColumn,
): NumberProfile {
  const { name, role, type, support, points } = reference;
  if (points.length === 0) return { ...countNumbers({ name, role, type }, column), support };
  return count({ name, role, type }, support, Float64Array.from(points), column.values);
}

/** The reference's support with nothing counted. */
export function emptyNumbers(reference: NumberProfile): NumberProfile {
  const { name, role, type, support, points } = reference;
  const at = points.map(() => 0);
  return {
    name,
    role,
    type,
    support,
    points: [...points],
    at,
    between: [0, ...at],
    missing: 0,
    moments: noMoments,
  };
}

function sums(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value + b[i]!);
}

/** Adds the counts of two profiles over the same points. @throws ConfigurationError when the points differ. */
export function mergeNumbers(a: NumberProfile, b: NumberProfile): NumberProfile {
  const i = a.points.findIndex((point, at) => point !== b.points[at]);
  if (a.support !== b.support || a.points.length !== b.points.length || i >= 0) {
    throw new ConfigurationError(
      `cannot add profiles of ${a.name}: one counts over ${a.points.length} ${a.support}, the other over ${b.points.length} ${b.support}, and they are not the same; profile both over one reference`,
    );
  }
  return {
    ...a,
    at: sums(a.at, b.at),
    between: sums(a.between, b.between),
    missing: a.missing + b.missing,
    moments: addMoments(a.moments, b.moments),
  };
}
