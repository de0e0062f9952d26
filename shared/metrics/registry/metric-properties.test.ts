import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../descriptors/descriptors.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { ClassificationPredictions, Predictions, RegressionPredictions } from '../rows/predictions.ts';
import { takePredictions } from '../rows/subset.ts';
import { metricOf } from './registry.ts';

/** Thousandths up to a thousand: differences that squaring does not lose. */
const number = fc.integer({ min: -1e6, max: 1e6 }).map((thousandths) => thousandths / 1000);

const regressions: fc.Arbitrary<RegressionPredictions> = fc
  .array(fc.tuple(number, number), { minLength: 1, maxLength: 40 })
  .map((rows) => ({
    task: 'regression',
    actual: Float64Array.from(rows, ([actual]) => actual),
    predicted: Float64Array.from(rows, ([, predicted]) => predicted),
  }));

/** Tenths as probabilities, so that ties are common. */
function classifications(classes: number): fc.Arbitrary<ClassificationPredictions> {
  const code = fc.nat(classes - 1);
  const parts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: classes, maxLength: classes });
  return fc.array(fc.tuple(code, code, parts), { minLength: 1, maxLength: 40 }).map((rows) => ({
    task: classes === 2 ? 'binary' : 'multiclass',
    classes: Array.from({ length: classes }, (_, k) => `class ${k}`),
    actual: Int32Array.from(rows, ([actual]) => actual),
    predicted: Int32Array.from(rows, ([, predicted]) => predicted),
    probabilities: Float64Array.from(
      rows.flatMap(([, , part]) => part.map((share) => share / part.reduce((a, b) => a + b))),
    ),
  }));
}

const predictions: fc.Arbitrary<Predictions> = fc.oneof(regressions, classifications(2), classifications(4));

function values(p: Predictions): Record<string, number | string> {
  return Object.fromEntries(
    metricsOf(p.task).map((name) => {
      const result = metricOf(name).compute(p);
      return [name, 'value' in result ? result.value : result.undefined];
    }),
  );
}

function expectAlike(a: Record<string, number | string>, b: Record<string, number | string>): void {
  for (const [name, value] of Object.entries(a)) {
    const other = b[name]!;
    if (typeof value === 'string' || typeof other === 'string') expect(other, name).toBe(value);
    else expect(Math.abs(value - other), name).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(value)));
  }
}

describe('every metric', () => {
  it('lies within the limits that its descriptor states', () => {
    fc.assert(
      fc.property(predictions, (p) => {
        for (const name of metricsOf(p.task)) {
          const result = metricOf(name).compute(p);
          if (!('value' in result)) continue;
          const { low, high } = metricOf(name).limits;
          const rounding = 1e-12;
          expect(result.value, name).toBeGreaterThanOrEqual(low - rounding);
          expect(result.value, name).toBeLessThanOrEqual(high + rounding);
        }
      }),
    );
  });

  it('has a value of labels without probabilities exactly when it does not read probabilities', () => {
    const p = { task: 'binary', classes: ['no', 'yes'], actual: Int32Array.of(0, 1, 1, 0) } as const;
    const labels = { ...p, predicted: Int32Array.of(0, 1, 0, 0) };
    for (const name of metricsOf('binary')) {
      expect('value' in metricOf(name).compute(labels), name).toBe(metricOf(name).reads === 'labels');
    }
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(predictions, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (p, keys) => {
        const order = Array.from(p.actual, (_, row) => ({ row, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        expectAlike(values(p), values(takePredictions(p, Uint32Array.from(order))));
      }),
    );
  });

  it('at weights is its value on the rows repeated so often', () => {
    fc.assert(
      fc.property(predictions, fc.infiniteStream(fc.nat(3)), (p, stream) => {
        const counts = Uint8Array.from(p.actual, () => stream.next().value as number);
        const repeated = [...counts].flatMap((count, row) => Array<number>(count).fill(row));
        if (repeated.length === 0) return;
        const rows = judgedRows(p);
        const weighted = Object.fromEntries(
          metricsOf(p.task).map((name) => {
            const result = metricOf(name).weigh(rows)({ counts, total: repeated.length });
            return [name, 'value' in result ? result.value : result.undefined];
          }),
        );
        expectAlike(values(takePredictions(p, Uint32Array.from(repeated))), weighted);
      }),
    );
  });

  it('is perfect on perfect predictions, or undefined', () => {
    const perfect: Record<string, number> = { r2: 1, 'explained-variance': 1 };
    fc.assert(
      fc.property(regressions, (p) => {
        for (const [name, value] of Object.entries(values({ ...p, predicted: p.actual }))) {
          if (typeof value === 'number') expect(value, name).toBe(perfect[name] ?? 0);
        }
      }),
    );
  });
});

describe('ranking metrics', () => {
  const names = ['roc-auc', 'average-precision'] as const;

  it('do not change with a monotone transformation of the probabilities', () => {
    fc.assert(
      fc.property(classifications(2), (p) => {
        const bent = Float64Array.from(p.probabilities!, (value, i) =>
          i % 2 === 1 ? value ** 3 : 1 - (1 - value) ** 3,
        );
        for (const name of names) {
          expect(metricOf(name).compute({ ...p, probabilities: bent })).toEqual(metricOf(name).compute(p));
        }
      }),
    );
  });

  it('mirror: the area of the complement is what is left to 1', () => {
    fc.assert(
      fc.property(classifications(2), (p) => {
        const swapped = p.probabilities!.map((_, i) => p.probabilities![i ^ 1]!);
        const [one, other] = [p, { ...p, probabilities: swapped }].map((q) => metricOf('roc-auc').compute(q));
        if (!('value' in one!) || !('value' in other!)) return;
        expect(one.value + other.value).toBeCloseTo(1, 12);
      }),
    );
  });
});
