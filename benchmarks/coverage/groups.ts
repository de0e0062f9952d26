/**
 * How often a "95%" interval holds the truth where rows lie in groups of ten whose errors and outcomes correlate by 0.5, with
 * the groups known and without: node benchmarks/coverage/groups.ts. Table: docs/adr/0024-intervals-by-metric.md.
 */
import { combineEstimates, type Estimate } from '../../shared/metrics/intervals/estimate.ts';
import { estimatesOf } from '../../shared/metrics/intervals/estimates.ts';
import { measured } from '../../shared/metrics/intervals/measured.ts';
import { metricOf } from '../../shared/metrics/registry/registry.ts';
import { judgedRows } from '../../shared/metrics/rows/judged-rows.ts';
import { createRandom, type Random } from '../../shared/platform/random.ts';

const settings = { resamples: 400, confidence: 0.95, method: 'auto' } as const;
const samples = 400;
const size = 10;
const correlation = 0.5;
/** Standard normal's 80% quantile: a prediction is right in four of five cases. */
const fourOfFive = 0.8416212335729143;

/** Standard normal numbers that correlate within a group. */
function grouped(groups: number, random: Random): Float64Array {
  const numbers = new Float64Array(groups * size);
  for (let group = 0; group < groups; group++) {
    const shared = random.normal();
    for (let i = 0; i < size; i++) {
      numbers[group * size + i] =
        Math.sqrt(correlation) * shared + Math.sqrt(1 - correlation) * random.normal();
    }
  }
  return numbers;
}

/** The quantities, each with its truth. */
function quantities(groups: number, random: Random, isKnown: boolean): [string, Estimate, number][] {
  const [first, other, outcomes, luck] = [0, 1, 2, 3].map(() => grouped(groups, random)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const lie = isKnown ? { groups: Array.from(first, (_, row) => `g${Math.floor(row / size)}`) } : {};
  const errors = [first, first.map((error, i) => 0.7 * error + Math.sqrt(1 - 0.49) * other[i]!)];
  const rows = errors.map((predicted) =>
    judgedRows({ task: 'regression', actual: new Float64Array(predicted.length), predicted, ...lie }),
  );
  const actual = Int32Array.from(outcomes, (outcome) => Number(outcome > 0));
  const predicted = actual.map((code, row) => (luck[row]! < fourOfFive ? code : 1 - code));
  const labels = judgedRows({ task: 'binary', classes: ['no', 'yes'], actual, predicted, ...lie });
  const estimates = estimatesOf({
    metrics: (['rmse', 'mae'] as const).flatMap((name) =>
      rows.map((own) => ({ metric: metricOf(name), rows: own })),
    ),
    settings,
    random: random.fork('rows'),
  });
  const [accuracy] = estimatesOf({
    metrics: [{ metric: metricOf('accuracy'), rows: labels }],
    settings,
    random: random.fork('labels'),
  });
  const difference = (a: number, b: number) =>
    combineEstimates(estimates[a]!, estimates[b]!, (x, y) => x - y);
  return [
    ['rmse', estimates[0]!, 1],
    ['mae', estimates[2]!, Math.sqrt(2 / Math.PI)],
    ['rmse, difference', difference(0, 1), 0],
    ['mae, difference', difference(2, 3), 0],
    ['accuracy', accuracy!, 0.8],
  ];
}

for (const groups of [10, 20, 40]) {
  for (const isKnown of [true, false]) {
    const held = new Map<string, number>();
    for (let sample = 0; sample < samples; sample++) {
      const random = createRandom(`groups/${groups}/${sample}`);
      for (const [name, estimate, truth] of quantities(groups, random, isKnown)) {
        const { low, high } = measured(estimate, settings);
        const holds = low !== null && high !== null && low <= truth && truth <= high;
        held.set(name, (held.get(name) ?? 0) + Number(holds));
      }
    }
    const shares = [...held].map(([name, count]) => `${name} ${((100 * count) / samples).toFixed(0)}%`);
    console.log(`${groups} groups of ${size}, ${isKnown ? 'known' : 'unknown'}: ${shares.join(', ')}`);
  }
}
