import { expect, test } from 'vitest';
import { parseConfig } from '../config/load.ts';
import type { Config } from '../config/sections/schema.ts';
import { evaluate } from '../metrics/evaluate.ts';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { Predictions } from '../metrics/rows/predictions.ts';
import { silentLogger } from '../platform/logger.ts';
import { createRandom } from '../platform/random.ts';
import { naiveGainOf, rulesAgainstNaive } from './naive-gain.ts';
import { proposedGates } from './proposed-gates.ts';

const configOf = (gates: readonly string[]): Config =>
  parseConfig(
    `task: regression\ntarget: y\ndata: { source: { type: file, path: y.csv } }\nvalidate: { primary: rmse, gates: [${gates.join(', ')}] }`,
    'ciclo.yml',
  ).config;

/** A model that knows half of what can be known, of numbers among which some are very large, as wages are. */
function wages(rows: number): { predictions: Predictions; baseline: Predictions } {
  const random = createRandom(3);
  const known = Float64Array.from({ length: rows }, () => random.normal());
  const actual = known.map((value) => Math.exp(6 + 0.4 * value + 0.4 * random.normal()));
  for (let row = 0; row < rows; row += 400) actual[row]! *= 8;
  const predicted = known.map((value) => Math.exp(6.08 + 0.4 * value));
  const mean = actual.reduce((sum, value) => sum + value, 0) / rows;
  return {
    predictions: { task: 'regression', actual, predicted },
    baseline: { task: 'regression', actual, predicted: actual.map(() => mean) },
  };
}

function judge(rules: Config['validate'], input: Partial<Parameters<typeof evaluate>[0]>): Evaluation {
  return evaluate(
    {
      ...{ pipeline: 'p', task: 'regression', target: 'y', slices: [], validate: rules },
      ...wages(1600),
      ...input,
    },
    { logger: silentLogger },
  );
}

test.each([
  ['held out', {}],
  // Differences of rows that were predicted out-of-fold are known less well, the less the more inputs there are.
  ['predicted out-of-fold', { folds: { count: 5, inputs: 1500 } }],
])(
  'of errors whose interval reaches beyond the naive model, it is told all the same: rows %s',
  (_, input) => {
    const config = configOf([]);
    const evaluation = judge(config.validate, input);
    const rmse = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    expect(rmse.high).toBeGreaterThan(rmse.baseline!);
    const gain = naiveGainOf(judge(rulesAgainstNaive(config), input))!;
    expect(gain.measured).toBeCloseTo(rmse.baseline! - rmse.value!, 9);
    expect(gain.low).toBeGreaterThan(0);

    const lines = proposedGates(evaluation, gain).map(({ line }) => line);
    expect(lines[0]).toMatch(/^\{ metric: rmse, baseline: \{ better-by-at-least: \d+% \} \}$/);
    const { gates } = judge(configOf(lines).validate, input);
    expect(gates.map(({ outcome }) => outcome)).toEqual(['pass', 'not-applicable']);
  },
);

test('a model that has learnt nothing gains nothing for sure', () => {
  const { baseline } = wages(400);
  const config = configOf([]);
  const input = { predictions: baseline, baseline };
  const gain = naiveGainOf(judge(rulesAgainstNaive(config), input));
  expect(gain).toMatchObject({ measured: 0, low: 0 });
  expect(proposedGates(judge(config.validate, input), gain).map(({ line }) => line)).toEqual([
    '{ metric: rmse, champion: { worse-by-at-most: 2% } }',
  ]);
});

test('a metric of a family is compared as it was declared', () => {
  const { config } = parseConfig(
    'task: binary\ntarget: y\ndata: { source: { type: file, path: y.csv } }\nvalidate: { primary: { metric: f-beta, beta: 0.5 } }',
    'ciclo.yml',
  );
  expect(rulesAgainstNaive(config).gates).toMatchObject([{ metric: 'f-beta', beta: 0.5 }]);
});
