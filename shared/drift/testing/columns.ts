import type { ColumnDrift, ColumnTest } from '../report/drift-report.ts';

/** A column of a report; a feature that was compared and has not drifted unless said otherwise. */
export function columnOf(changes: Partial<ColumnDrift> = {}): ColumnDrift {
  return {
    name: 'size',
    kind: 'number',
    role: 'feature',
    outcome: 'compared',
    reference: { rows: 100, missing: 0 },
    current: { rows: 100, missing: 0 },
    statistics: {},
    tests: [],
    structural: [],
    'adjusted-p': null,
    drifted: false,
    'detectable-shift': null,
    'shift-unit': 'standard-deviations',
    weight: 1,
    exact: true,
    'new-categories': [],
    bins: [],
    reasons: [],
    ...changes,
  };
}

/** Columns `a`, `b` … of equal weight, of which the first ones have drifted. */
export function columnsOf(count: number, drifted: number): ColumnDrift[] {
  return Array.from({ length: count }, (_, i) =>
    columnOf({ name: String.fromCharCode(97 + i), drifted: i < drifted }),
  );
}

/** A test of a column's values whose effect is over its floor, significant unless said otherwise. */
export function testOf(changes: Partial<ColumnTest> = {}): ColumnTest {
  return {
    of: 'values',
    test: 'ks',
    method: 'exact',
    p: 0.001,
    'adjusted-p': 0.002,
    effects: [{ name: 'ks', value: 0.25, floor: 0.1 }],
    drifted: true,
    ...changes,
  };
}
