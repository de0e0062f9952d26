import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neighbourPower, neighbourTarget } from './neighbour-power.ts';

/** Rows as `[value, target]`, by value; of equal ones the earlier first. */
type Sorted = readonly (readonly [value: number, target: number])[];

function sortedRows(values: Float64Array, targets: Float64Array | Int32Array): Sorted {
  return [...values]
    .map((value, row) => [value, targets[row]!] as const)
    .filter(
      ([value, target]) =>
        !Number.isNaN(value) && !Number.isNaN(target) && (targets instanceof Float64Array || target >= 0),
    )
    .sort(([a], [b]) => a - b);
}

/** R² of the straight line between the neighbours, or of the others of equal value, by its definition. */
function lineBetween(rows: Sorted): number {
  const distinct = [...new Set(rows.map(([value]) => value + 0))];
  const of = (value: number): number[] =>
    rows.filter(([other]) => other === value).map(([, target]) => target);
  const meanOf = (numbers: readonly number[]): number =>
    numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const judged: [guess: number, target: number][] = [];
  for (const [i, value] of distinct.entries()) {
    const own = of(value);
    for (const target of own) {
      if (own.length > 1) judged.push([(meanOf(own) * own.length - target) / (own.length - 1), target]);
      else if (i > 0 && i < distinct.length - 1) {
        const [before, after] = [distinct[i - 1]!, distinct[i + 1]!];
        const [low, high] = [meanOf(of(before)), meanOf(of(after))];
        judged.push([low + ((value - before) / (after - before)) * (high - low), target]);
      }
    }
  }
  if (judged.length < 20) return 0;
  const centre = meanOf(judged.map(([, target]) => target));
  const total = judged.reduce((sum, [, target]) => sum + (target - centre) ** 2, 0);
  return total > 0 ? 1 - judged.reduce((sum, [guess, target]) => sum + (target - guess) ** 2, 0) / total : 0;
}

function ranked(rows: Sorted): Sorted {
  const distinct = [...new Set(rows.map(([, target]) => target + 0))].sort((a, b) => a - b);
  return rows.map(([value, target]) => [value, distinct.indexOf(target + 0)]);
}

/** The share of the majority's errors that vanish where neighbours, or most others of equal value, tell the label. */
function labelsBeside(rows: Sorted): number {
  const judged: [guess: number, label: number][] = [];
  for (const [i, [value, label]] of rows.entries()) {
    const others = rows.filter(([other], j) => other === value && j !== i).map(([, other]) => other);
    if (others.length > 0) {
      const counts = [...new Set(others)].map(
        (one) => [others.filter((other) => other === one).length, one] as const,
      );
      judged.push([counts.sort(([a, x], [b, y]) => b - a || x - y)[0]![1], label]);
    } else if (rows[i - 1] && rows[i - 1]![1] === rows[i + 1]?.[1]) judged.push([rows[i - 1]![1], label]);
  }
  const most = Math.max(0, ...[0, 1, 2].map((one) => judged.filter(([, label]) => label === one).length));
  const naive = judged.length - most;
  if (judged.length < 20 || judged.length * 2 < rows.length || naive === 0) return 0;
  return 1 - judged.filter(([guess, label]) => guess !== label).length / naive;
}

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, -0, 0.5) },
);

test('is what the definition says, of numbers and their ranks', () => {
  const rows = fc.array(fc.tuple(value, value), { minLength: 15, maxLength: 90 });
  fc.assert(
    fc.property(rows, fc.boolean(), (pairs, isFunction) => {
      const values = Float64Array.from(pairs, ([x]) => x);
      const targets = Float64Array.from(pairs, ([x, y]) =>
        isFunction && !Number.isNaN(x) ? x ** 2 + y / 9 : y,
      );
      const sorted = sortedRows(values, targets);
      const expected = Math.max(lineBetween(sorted), lineBetween(ranked(sorted)));
      expect(neighbourPower(values, neighbourTarget(targets))).toBeCloseTo(expected, 9);
    }),
    { numRuns: 300 },
  );
});

test('is what the definition says, of labels', () => {
  const rows = fc.array(fc.tuple(value, fc.integer({ min: -1, max: 2 })), { minLength: 15, maxLength: 90 });
  fc.assert(
    fc.property(rows, fc.boolean(), (pairs, isFunction) => {
      const values = Float64Array.from(pairs, ([x]) => x);
      const labels = Int32Array.from(pairs, ([x, y]) => (isFunction && y >= 0 ? Number(x > 3) : y));
      expect(neighbourPower(values, neighbourTarget(labels))).toBeCloseTo(
        labelsBeside(sortedRows(values, labels)),
        12,
      );
    }),
    { numRuns: 300 },
  );
});
