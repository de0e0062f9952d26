import { describe, expect, test } from 'vitest';
import { validateSchema } from '../../config/sections/validate-section.ts';
import { profileTable } from '../../dataset/profile/profile.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Table, tableOf } from '../../dataset/table/table.ts';
import { evaluate } from '../../metrics/evaluate.ts';
import type { RegressionPredictions } from '../../metrics/rows/predictions.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { segmentSchema } from '../performance/performance-report.ts';
import { findSegments, type SegmentsInput } from './segments.ts';

const schema: DatasetSchema = {
  version: 1,
  task: 'regression',
  target: 'y',
  key: [],
  columns: [
    { name: 'size', type: 'number', role: 'feature', nullable: true },
    { name: 'rooms', type: 'number', role: 'feature', nullable: true },
    { name: 'origin', type: 'category', role: 'feature', nullable: true },
    { name: 'new', type: 'boolean', role: 'feature', nullable: true },
  ],
};
const origins = ['USA', 'Japan', 'Europe', 'Korea'];

interface Rows {
  readonly count: number;
  readonly seed: string;
  /** Chances of the origins. */
  readonly shares?: readonly number[];
  /** Standard deviation of the errors by origin. */
  readonly errors?: readonly number[];
  readonly size?: (normal: number) => number;
}

function rowsOf({ count, seed, shares = [0.5, 0.3, 0.2, 0], errors = [1, 1, 1, 1], size = (x) => x }: Rows): {
  table: Table;
  predictions: RegressionPredictions;
} {
  const random = createRandom(seed);
  const codes = Int32Array.from({ length: count }, () => {
    const at = random.next();
    return shares.findIndex((_, i) => at < shares.slice(0, i + 1).reduce((sum, share) => sum + share));
  });
  const table = tableOf([
    ['size', { type: 'number', values: Float64Array.from(codes, () => size(100 + 20 * random.normal())) }],
    ['rooms', { type: 'number', values: Float64Array.from(codes, () => 1 + random.integer(4)) }],
    ['origin', { type: 'category', codes, dictionary: origins }],
    ['new', { type: 'boolean', values: Int8Array.from(codes, () => random.integer(2)) }],
  ]);
  const actual = Float64Array.from(codes, () => 10 + random.normal());
  const predicted = actual.map((value, row) => value + errors[codes[row]!]! * random.normal());
  return { table, predictions: { task: 'regression', actual, predicted } };
}

function evaluationOf({ table, predictions }: ReturnType<typeof rowsOf>) {
  return evaluate(
    {
      pipeline: 'p',
      task: 'regression',
      target: 'y',
      predictions,
      slices: [...table.columns].map(([name, column]) => ({ name, column })),
      validate: validateSchema.parse({ metrics: ['rmse'], bootstrap: { resamples: 200 } }),
    },
    { logger: silentLogger },
  );
}

const reference = rowsOf({ count: 4000, seed: 'reference' });
const evaluation = evaluationOf(rowsOf({ count: 800, seed: 'test' }));

function inputOf(current: ReturnType<typeof rowsOf>): SegmentsInput {
  return {
    reference: profileTable(reference.table, schema),
    current: current.table,
    evaluation,
    labelled: current,
    limit: { amount: 0.1, relative: true },
    leastMove: 0.05,
    alpha: 0.05,
  };
}

function find(current: ReturnType<typeof rowsOf>, change: Partial<SegmentsInput> = {}) {
  return findSegments({ ...inputOf(current), ...change });
}

describe('segments', () => {
  test('are none where nothing has changed, but for about as many checks as alpha says', () => {
    let named = 0;
    const runs = 60;
    for (let run = 0; run < runs; run++) {
      const before = rowsOf({ count: 1000, seed: `reference ${run}` });
      const segments = find(rowsOf({ count: 400, seed: `current ${run}` }), {
        reference: profileTable(before.table, schema),
        evaluation: evaluationOf(rowsOf({ count: 400, seed: `test ${run}` })),
        limit: { amount: 0, relative: false },
        leastMove: 0,
      });
      if (segments.length > 0) named++;
    }
    // At 5 % 3 are expected; 9 or more come once in 300 times.
    expect(named).toBeLessThan(9);
  });

  test('name the slice whose errors grew, with its figure, interval and sentence', () => {
    const current = rowsOf({ count: 600, seed: 'worse', errors: [1, 2.5, 1, 1] });
    const segments = find(current);
    const [worst] = segments;
    expect(segmentSchema.array().parse(segments)).toEqual(segments);
    expect(worst).toMatchObject({ column: 'origin', label: 'Japan' });
    expect(worst!.metric!.value).toBeGreaterThan(2);
    expect(worst!.worse!.low).toBeGreaterThan(0);
    expect(worst!.reason).toMatch(/rmse is worse by 1\.\d+: 2\.\d+, in its evaluation 1\.0\d$/);
    // The rows of Japan are in other slices too; none of them is as bad.
    expect(segments.every(({ worse }) => worse!.value! <= worst!.worse!.value!)).toBe(true);
    expect(segments.some(({ label }) => label === 'USA')).toBe(false);
  });

  test('name slices by their share of the rows, without labels too', () => {
    const current = rowsOf({ count: 500, seed: 'moved', shares: [0.2, 0.6, 0.2, 0] });
    const { labelled: _labelled, ...unlabelled } = inputOf(current);
    const segments = findSegments(unlabelled);
    expect(segments.map(({ label }) => label).sort()).toEqual(['Japan', 'USA']);
    const japan = segments.find(({ label }) => label === 'Japan')!;
    expect(japan.metric).toBeUndefined();
    expect(japan.share.reference).toBeCloseTo(0.3, 1);
    expect(japan.rows.current).toBe(
      [...(current.table.columns.get('origin') as { codes: Int32Array }).codes].filter((code) => code === 1)
        .length,
    );
    expect(japan.reason).toMatch(/^its share grew from 29% to \d+%$/);
  });

  test('call a category new that the reference never had', () => {
    const [first] = find(rowsOf({ count: 500, seed: 'new', shares: [0.4, 0.3, 0.2, 0.1] }));
    expect(first).toMatchObject({ label: 'Korea', rows: { reference: 0 } });
    expect(first!.reason).toMatch(/^it is new: the reference has no such row, and now it is \d+(\.\d)?%$/);
  });

  test('divide numbers by the bins of the evaluation, whose figures they are compared with', () => {
    const segments = find(rowsOf({ count: 500, seed: 'larger', size: (x) => x + 20 }));
    const ofSize = segments.filter(({ column }) => column === 'size');
    const known = evaluation.slices.filter(({ column }) => column === 'size').map(({ label }) => label);
    expect(ofSize.length).toBeGreaterThan(1);
    expect(known).toEqual(expect.arrayContaining(ofSize.map(({ label }) => label)));
    expect(ofSize[0]!.label).toMatch(/ and above$/);
    expect(segments.every(({ column }) => column === 'size')).toBe(true);
  });

  test('count each row of each column once', () => {
    const current = rowsOf({ count: 500, seed: 'once', size: (x) => x * 2, shares: [0, 0, 0.5, 0.5] });
    const segments = find(current, { alpha: 1, leastMove: 0 });
    for (const { name } of schema.columns) {
      const own = segments.filter(({ column }) => column === name);
      expect(own.reduce((sum, { rows }) => sum + rows.current, 0)).toBeLessThanOrEqual(500);
    }
    const sizes = segments.filter(({ column }) => column === 'size');
    expect(sizes.reduce((sum, { rows }) => sum + rows.reference, 0)).toBe(4000);
    expect(sizes.reduce((sum, { rows }) => sum + rows.current, 0)).toBe(500);
  });

  test('leave out a column that is of another type now, and are at most twenty', () => {
    const current = rowsOf({ count: 500, seed: 'type' });
    const table = tableOf([...current.table.columns, ['size', current.table.columns.get('origin')!]]);
    const segments = find({ ...current, table }, { alpha: 1, leastMove: 0 });
    expect(segments.some(({ column }) => column === 'size')).toBe(false);
    expect(segments.length).toBeLessThanOrEqual(20);
  });
});
