import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdOfCosts } from '../../config/sections/decision-section.ts';
import { metricKey } from '../descriptors/metric-key.ts';
import { metricOf } from '../registry/registry.ts';
import { judge, sampleBinary, sampleValidate } from '../testing/sample-predictions.ts';
import { cheapestThreshold } from './cheapest-threshold.ts';

interface Case {
  readonly name: string;
  readonly missed: number;
  readonly 'false-alarm': number;
  readonly positive: readonly number[];
  readonly scores: readonly number[];
  readonly least: number;
  readonly at: Readonly<Record<string, number>>;
}

const { cases } = JSON.parse(readFileSync(new URL('../fixtures/decision.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

/** The predictions at a threshold, the positive class being the second or the first. */
function predictionsAt({ positive, scores }: Case, threshold: number, code: 0 | 1) {
  const codes = (values: readonly boolean[]) => Int32Array.from(values, (is) => (is ? code : 1 - code));
  return {
    task: 'binary' as const,
    classes: ['a', 'b'],
    positive: ['a', 'b'][code]!,
    actual: codes(positive.map((one) => one === 1)),
    predicted: codes(scores.map((score) => score > threshold)),
  };
}

describe.each(cases)('on $name', (one) => {
  const costs = { missed: one.missed, 'false-alarm': one['false-alarm'] };
  const metric = metricOf(metricKey({ metric: 'cost', ...costs }));

  it('no threshold costs less, by scikit-learn’s confusion matrices', () => {
    const rows = { scores: Float64Array.from(one.scores), positive: one.positive.map((is) => is === 1) };
    const { threshold, cost } = cheapestThreshold(rows, costs);
    expect(cost).toBeCloseTo(one.least, 12);
    for (const code of [0, 1] as const) {
      const measured = metric.compute(predictionsAt(one, threshold, code));
      expect((measured as { value: number }).value).toBeCloseTo(one.least, 12);
    }
  });

  it.each(Object.entries(one.at))('the metric cost at %s is theirs', (threshold, expected) => {
    for (const code of [0, 1] as const) {
      const measured = metric.compute(predictionsAt(one, Number(threshold), code));
      expect((measured as { value: number }).value).toBeCloseTo(expected, 12);
    }
  });
});

describe('the cheapest threshold', () => {
  it('is the one of true probabilities where the rows do not say otherwise', () => {
    const costs = { missed: 10, 'false-alarm': 1 };
    const ideal = thresholdOfCosts(costs);
    expect(ideal).toBeCloseTo(1 / 11, 15);
    const none = { scores: new Float64Array(0), positive: [] };
    expect(cheapestThreshold(none, costs)).toEqual({ threshold: ideal, cost: null });
    const alike = { scores: Float64Array.of(0.05, 0.4), positive: [true, true] };
    expect(cheapestThreshold(alike, costs)).toEqual({ threshold: ideal, cost: 5 });
    const apart = { scores: Float64Array.of(0.01, 0.9), positive: [false, true] };
    expect(cheapestThreshold(apart, costs)).toEqual({ threshold: ideal, cost: 0 });
  });

  it('does not depend on the order of the rows', () => {
    const row = fc.record({ score: fc.integer({ min: 0, max: 20 }).map((n) => n / 20), is: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const of = (list: typeof rows) =>
          cheapestThreshold(
            { scores: Float64Array.from(list, ({ score }) => score), positive: list.map(({ is }) => is) },
            { missed: 3, 'false-alarm': 2 },
          );
        expect(of(rows.toReversed())).toEqual(of(rows));
      }),
    );
  });
});

describe('an evaluation under costs', () => {
  const predictions = sampleBinary();
  const costs = { missed: 10, 'false-alarm': 1 };
  const decision = { costs };

  it('has the metric cost with its interval, and the cost at each threshold', () => {
    const evaluation = judge({ predictions, validate: sampleValidate({ decision }) });
    const cost = evaluation.metrics.find(({ name }) => name === 'cost(10,1)')!;
    expect(cost.low!).toBeLessThan(cost.value!);
    expect(cost.high!).toBeGreaterThan(cost.value!);
    expect(evaluation.operatingPoint).toMatchObject({ threshold: 0.5, cost: cost.value });
    const [low, high] = [evaluation.thresholds!.at(1)!, evaluation.thresholds!.at(-1)!];
    expect(low.cost!).toBeLessThan(high.cost!);
  });

  it('judges gates by it', () => {
    const gates = [{ metric: 'cost', ...costs, max: 0.001 }];
    const [gate] = judge({ predictions, validate: sampleValidate({ decision, gates }) }).gates;
    expect(gate).toMatchObject({
      metric: 'cost(10,1)',
      declared: 'cost(10,1) at most 0.001',
      outcome: 'fail',
    });
  });
});
