import { mean, sampleStandardDeviation } from '../../algebra/descriptive-statistics.ts';
import { type DatasetSchema, featureColumns } from '../schema/schema.ts';
import type { Table } from '../table/table.ts';
import { takeFew } from '../table/taken-table.ts';
import { evenRows } from './even-rows.ts';

const mostRows = 500;
const fewestRows = 20;
/** Pairs of more columns take too long. */
const mostColumns = 100;
/** Rounding may be off by so many standard deviations of the target. */
const tolerance = 1e-3;

/** Two features that give the target together: `casual + registered`. */
export interface TargetParts {
  readonly columns: readonly [string, string];
  readonly expression: string;
}

interface Figures {
  readonly name: string;
  readonly values: Float64Array;
}

const operations: readonly [string, (a: number, b: number) => number, 'both' | 'one'][] = [
  ['+', (a, b) => a + b, 'one'],
  ['×', (a, b) => a * b, 'one'],
  ['−', (a, b) => a - b, 'both'],
  ['/', (a, b) => a / b, 'both'],
];

/**
 * Pairs of number features of which sum, difference, product or quotient is the target of every training row looked
 * at (up to 500, drawn evenly; rows that lack one of the three are left out). At most three pairs.
 */
export function targetParts(train: Table, schema: DatasetSchema): TargetParts[] {
  const rows = evenRows(train.rows, mostRows);
  const target = takeFew(train, schema.target, rows);
  if (target.type !== 'number' || rows.length < fewestRows) return [];
  const spread = sampleStandardDeviation([...target.values].filter((value) => !Number.isNaN(value)));
  if (!(spread > 0)) return [];
  const features: Figures[] = [];
  for (const { name, type } of featureColumns(schema)) {
    const column = type === 'number' ? takeFew(train, name, rows) : undefined;
    if (column?.type !== 'number' || !isSpread(column.values)) continue;
    features.push({ name, values: column.values });
    if (features.length > mostColumns) return [];
  }
  const found: TargetParts[] = [];
  for (const [i, a] of features.entries()) {
    for (const b of features.slice(i + 1)) {
      const expression = relationOf(a, b, target.values, spread * tolerance);
      if (expression !== undefined) found.push({ columns: [a.name, b.name], expression });
      if (found.length === 3) return found;
    }
  }
  return found;
}

/** A constant beside a copy of the target is no part of it. */
function isSpread(values: Float64Array): boolean {
  const present = [...values].filter((value) => !Number.isNaN(value));
  return present.length >= fewestRows && present.some((value) => Math.abs(value - mean(present)) > 1e-12);
}

function relationOf(a: Figures, b: Figures, target: Float64Array, allowed: number): string | undefined {
  for (const [sign, operation, orders] of operations) {
    if (holds(a.values, b.values, target, { operation, allowed })) return `${a.name} ${sign} ${b.name}`;
    if (orders === 'both' && holds(b.values, a.values, target, { operation, allowed })) {
      return `${b.name} ${sign} ${a.name}`;
    }
  }
  return undefined;
}

function holds(
  a: Float64Array,
  b: Float64Array,
  target: Float64Array,
  { operation, allowed }: { readonly operation: (a: number, b: number) => number; readonly allowed: number },
): boolean {
  let rows = 0;
  let alone = true;
  for (let row = 0; row < target.length; row++) {
    const [x, y, wanted] = [a[row]!, b[row]!, target[row]!];
    if (Number.isNaN(x) || Number.isNaN(y) || Number.isNaN(wanted)) continue;
    if (!(Math.abs(operation(x, y) - wanted) <= allowed)) return false;
    // One of them alone is the target: a matter of the check leakage.
    alone &&= Math.abs(x - wanted) <= allowed || Math.abs(y - wanted) <= allowed;
    rows++;
  }
  return rows >= fewestRows && !alone;
}
