// What tables really hold, for every engine: each is trained on it, or says what is wrong.
import { describe, expect, test } from 'vitest';
import type { Column } from '../../dataset/table/table.ts';
import { silentLogger } from '../../platform/logger.ts';
import { isDirect } from '../predictor/model-bundle.ts';
import { createPredictor } from '../predictor/predictor.ts';
import { type CandidateInput, type HousesOptions, houses } from '../testing/model-builders.ts';
import { trainModel } from './train-model.ts';

const rows = 400;
const engines: Readonly<Record<string, CandidateInput>> = {
  penalties: { type: 'linear' },
  newton: { type: 'linear', solver: 'newton', l2: 0 },
  adam: { type: 'linear', solver: 'adam', epochs: 5 },
  network: { type: 'neural-network', layers: [8], epochs: 5 },
  'network with batch-norm and dropout': {
    ...{ type: 'neural-network', layers: [8], epochs: 5 },
    ...{ 'batch-norm': true, dropout: 0.2 },
  },
  trees: { type: 'boosted-trees', rounds: 10 },
};

function numbers(of: (row: number) => number, count = rows): Column {
  return { type: 'number', values: Float64Array.from({ length: count }, (_, row) => of(row)) };
}

function categories(of: (row: number) => number, dictionary: string[], count = rows): Column {
  return { type: 'category', codes: Int32Array.from({ length: count }, (_, row) => of(row)), dictionary };
}

/** A feature beside the houses' own. */
function feature(column: Column): HousesOptions {
  return { further: [['odd', column]] };
}

const two = ['cheap', 'medium'];
const three = ['cheap', 'dear', 'medium'];
const many = Array.from({ length: 100_000 }, (_, i) => `v${i}`);

/** Trains one engine. @returns the warnings and whether all predictions are finite numbers. */
async function trained(candidate: CandidateInput, options: HousesOptions) {
  const input = houses({ ...options, candidates: [candidate] });
  const model = { ...input, ...(await trainModel(input, { logger: silentLogger })) };
  if (!isDirect(model)) throw new TypeError('an engine of our own was asked for');
  const predicted = createPredictor(model).predictTable(input.validation);
  const answers = predicted.task === 'regression' ? predicted.predicted : predicted.probabilities;
  return { warnings: model.report.warnings, finite: answers.every(Number.isFinite) };
}

describe.each(Object.entries(engines))('%s', (_, candidate) => {
  test.each<[string, HousesOptions]>([
    ['a number that is missing in a row', feature(numbers((i) => (i === 5 ? Number.NaN : i)))],
    ['a column of numbers without any', feature(numbers(() => Number.NaN))],
    ['a column of categories without any', feature(categories(() => -1, []))],
    ['a column of booleans without any', feature({ type: 'boolean', values: new Int8Array(rows).fill(-1) })],
    ['a constant number', feature(numbers(() => 3))],
    ['a constant category', feature(categories(() => 0, ['same']))],
    ['a number beyond 32-bit floats', feature(numbers((i) => (i === 7 ? 1e39 : i)))],
    ['a category with 100,000 values', feature(categories((i) => i * 250, many))],
    ['a target near zero', { target: numbers((i) => (i % 2 ? 1e-300 : 3e-300)) }],
    [
      'validation rows of one class',
      { task: 'binary', target: categories((i) => (i < 300 ? i % 2 : 1), two) },
    ],
    [
      'validation rows of one class of three',
      { task: 'multiclass', target: categories((i) => (i < 300 ? i % 3 : 1), three) },
    ],
  ])('learns from %s', async (__, options) => {
    expect(await trained(candidate, options)).toEqual({ warnings: [], finite: true });
  });

  test('learns from more columns than rows, and says so', async () => {
    const further = Array.from({ length: 100 }, (__, c): [string, Column] => [
      `c${c}`,
      numbers((i) => Math.sin(i * c), 40),
    ]);
    const { warnings, finite } = await trained(candidate, { rows: 40, further });
    expect(finite).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/^more inputs \(\d+\) than training rows \(30\)/)]);
  });

  test('a class without training rows is said', async () => {
    const target = categories((i) => (i < 300 ? i % 2 : 2), three);
    const { warnings, finite } = await trained(candidate, { task: 'multiclass', target });
    expect(finite).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('no training row has the class "medium"')]);
  });

  test.each<[string, HousesOptions, string]>([
    [
      'training rows of one class',
      { task: 'binary', target: categories((i) => (i < 300 ? 1 : i % 2), two) },
      'the target "price" is "medium" in every training row; a classifier needs at least two classes',
    ],
    [
      'a target that is missing in a row',
      { target: numbers((i) => (i === 4 ? Number.NaN : i)) },
      'target: row 5 has no value in "price"',
    ],
    [
      'a target beyond what models can answer',
      { target: numbers((i) => (i === 4 ? 1e200 : i)) },
      'train: the target "price" reaches 1e+200, and models answer with numbers up to 1e+30',
    ],
    [
      'such a target in the validation rows alone',
      { target: numbers((i) => (i === 399 ? -1e39 : i)) },
      'train: the target "price" reaches -1e+39',
    ],
  ])('refuses %s', async (__, options, message) => {
    const training = trained(candidate, options);
    await expect(training).rejects.toThrow(message);
    await expect(training).rejects.toMatchObject({ name: 'ConfigurationError' });
  });
});

test.each(['adam', 'network', 'network with batch-norm and dropout'])(
  'numbers that overflow in training are a divergence, with what to do: %s',
  async (engine) => {
    const training = trained(engines[engine]!, feature(numbers((i) => (i % 2 ? 1e300 : -1e300))));
    await expect(training).rejects.toThrow(
      /^train.candidates: training ".+" diverged in epoch \d+ at learning rate/,
    );
    await expect(training).rejects.toThrow('scale: standard for unscaled features');
    await expect(training).rejects.toMatchObject({ name: 'ConfigurationError' });
  },
);
