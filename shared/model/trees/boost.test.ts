import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { type Boosted, type BoostingOptions, type BoostingRound, boost, type TreeRows } from './boost.ts';
import {
  absoluteLoss,
  type BoostingLoss,
  binaryLoss,
  multiclassLoss,
  squaredLoss,
} from './boosting-losses.ts';
import { freely, randomTables } from './testing/tree-tables.ts';
import type { TreeColumn } from './tree-columns.ts';

const numbers = (...values: number[]): TreeColumn => ({ kind: 'number', values: Float64Array.from(values) });

function boosted(
  loss: BoostingLoss,
  train: Omit<TreeRows, 'rows'>,
  options: Partial<BoostingOptions> = {},
  { validation, seed = 1 }: { readonly validation?: TreeRows; readonly seed?: number } = {},
): Boosted {
  const rows = { ...train, rows: train.targets.length };
  const running = boost(
    { train: rows, validation, loss, options: { ...freely, ...options } },
    createRandom(seed),
  );
  for (;;) {
    const step = running.next();
    if (step.done) return step.value;
  }
}

const valuesOf = ({ model }: Boosted) => model.trees.map(({ values }) => [...values]);
const lossesOf = ({ history }: Boosted) => history.map(({ loss }: BoostingRound) => loss);

const losses: [string, BoostingLoss][] = [
  ['squared', squaredLoss],
  ['absolute', absoluteLoss],
  ['binary', binaryLoss],
  ['multiclass', multiclassLoss(3)],
];

describe('boosting', () => {
  it('makes a leaf of a squared loss its mean residual, shrunk by l2 and the learning rate', () => {
    const train = { columns: [numbers(1, 1, 2, 2)], targets: Float64Array.of(0, 2, 10, 12) };
    // Mean 6; residuals -6, -4 and 4, 6. Sums -10 and 10 over 2 rows + l2 3, times 0.5.
    const { model } = boosted(squaredLoss, train, { rounds: 1, learningRate: 0.5, l2: 3 });
    expect([...model.base]).toEqual([6]);
    expect([...model.trees[0]!.values]).toEqual([-1, 1]);
  });

  it("makes a leaf of a binary loss Newton's step", () => {
    const train = {
      columns: [numbers(1, 1, 1, 1, 2, 2, 2, 2)],
      targets: Float64Array.of(0, 0, 0, 1, 1, 1, 1, 0),
    };
    // Even odds: p = 1/2. Left G = 3/2 - 1/2 = 1, H = 4/4 = 1, right G = -1: steps -1 and 1.
    const { model } = boosted(binaryLoss, train, { rounds: 1, learningRate: 1, leaves: 2 });
    expect([...model.base]).toEqual([0]);
    expect([...model.trees[0]!.values]).toEqual([-1, 1]);
  });

  it('makes a leaf of an absolute loss the median of its residuals', () => {
    const train = { columns: [numbers(1, 1, 1, 2, 2, 2)], targets: Float64Array.of(0, 1, 5, 10, 11, 100) };
    // Median 7.5; residuals -7.5, -6.5, -2.5 and 2.5, 3.5, 92.5.
    const { model } = boosted(absoluteLoss, train, { rounds: 1, learningRate: 1 });
    expect([...model.base]).toEqual([7.5]);
    expect([...model.trees[0]!.values]).toEqual([-6.5, 3.5]);
  });

  it("makes a leaf of a multiclass loss Friedman's", () => {
    const train = { columns: [numbers(1, 2, 3)], targets: Float64Array.of(0, 1, 2) };
    // p = 1/3 each: (K - 1)/K · G / Σ|g|(1 - |g|) = 2/3 · 2/3 / (2/9) = 2 for the own class, -1 for each other.
    const { model } = boosted(multiclassLoss(3), train, { rounds: 1, learningRate: 1, leaves: 3 });
    const byClass = model.trees.map(({ values }) =>
      [...values].sort((a, b) => a - b).map((v) => Number(v.toFixed(5))),
    );
    for (const values of byClass) expect(values.at(-1)).toBe(2);
    for (const values of byClass) expect(values[0]).toBe(-1);
  });

  it.each(losses)('%s: no round raises the training loss without subsampling', (_, loss) => {
    fc.assert(
      fc.property(randomTables(30, 4), ({ columns, targets }) => {
        const labels =
          loss === squaredLoss || loss === absoluteLoss
            ? targets
            : targets.map((value, row) => (row < 3 ? row : Math.abs(value)) % (loss.outputs === 1 ? 2 : 3));
        // Half of Newton's step and less: a whole one can overshoot where the curvature falls off.
        const fitted = lossesOf(
          boosted(loss, { columns, targets: labels }, { learningRate: 0.3, rounds: 12, l2: 1 }),
        );
        for (let i = 1; i < fitted.length; i++)
          expect(fitted[i]!).toBeLessThanOrEqual(fitted[i - 1]! * (1 + 1e-7) + 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('a weight of 2 is as good as the row twice', () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    const y = [0, 1, 0, 0, 1, 1, 0, 1];
    const weighted = boosted(binaryLoss, {
      columns: [numbers(...x)],
      targets: Float64Array.from(y),
      weights: Float64Array.from(y, (label) => 1 + label),
    });
    const twice = x.flatMap((value, i) => (y[i] === 1 ? [value, value] : [value]));
    const labels = y.flatMap((label) => (label === 1 ? [1, 1] : [0]));
    const repeated = boosted(binaryLoss, {
      columns: [numbers(...twice)],
      targets: Float64Array.from(labels),
    });
    expect(valuesOf(weighted)).toEqual(valuesOf(repeated));
  });

  it('stops when the validation loss has not fallen for its patience, and keeps the best round', () => {
    const random = createRandom(5);
    const rows = 60;
    const columns = () => [numbers(...Array.from({ length: rows }, () => random.normal()))];
    const targets = () => Float64Array.from({ length: rows }, () => random.normal());
    // Nothing to learn: what helps on the training rows hurts elsewhere.
    const train = { columns: columns(), targets: targets() };
    const validation = { rows, columns: columns(), targets: targets() };
    const { stopped, history, bestRound, model } = boosted(
      squaredLoss,
      train,
      { rounds: 200, patience: 5 },
      { validation },
    );
    expect(stopped).toBe('patience');
    const best = Math.min(...history.map(({ validationLoss }) => validationLoss));
    expect(history[bestRound - 1]!.validationLoss).toBe(best);
    expect(history).toHaveLength(bestRound + 5);
    expect(model.trees).toHaveLength(bestRound);
  });

  it('ends early where nothing is left to learn', () => {
    const { stopped, history } = boosted(squaredLoss, {
      columns: [numbers(3, 3, 3)],
      targets: Float64Array.of(1, 2, 3),
    });
    expect(stopped).toBe('converged');
    expect(history).toHaveLength(1);
  });

  it.each(losses)('%s: the same seed draws the same rows and columns, another seed others', (_, loss) => {
    const random = createRandom(9);
    const columns = Array.from({ length: 5 }, () =>
      numbers(...Array.from({ length: 80 }, () => random.normal())),
    );
    const targets = Float64Array.from({ length: 80 }, (_, i) => i % (loss.outputs === 1 ? 2 : 3));
    const options = { rowShare: 0.5, columnShare: 0.4 };
    const run = (seed: number) => valuesOf(boosted(loss, { columns, targets }, options, { seed }));
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('grows each tree on the share of columns that it is given', () => {
    const random = createRandom(9);
    const columns = Array.from({ length: 10 }, () =>
      numbers(...Array.from({ length: 80 }, () => random.normal())),
    );
    const targets = Float64Array.from({ length: 80 }, () => random.normal());
    const { model } = boosted(squaredLoss, { columns, targets }, { columnShare: 0.2, leaves: 30 });
    for (const { nodes } of model.trees) {
      expect(new Set(nodes.map(({ column }) => column)).size).toBeLessThanOrEqual(2);
    }
  });

  it('puts the values of a number into as many bins as are asked for, about equally many rows in each', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);
    const targets = Float64Array.from(values, (value) => Math.sin(value / 100));
    const { model } = boosted(squaredLoss, { columns: [numbers(...values)], targets }, { bins: 8 });
    const [bins] = model.bins;
    // numpy.quantile(range(1000), [1/8 … 7/8], method="midpoint") lies between the same neighbours.
    expect(bins!.kind === 'number' && [...bins!.edges]).toEqual([
      124.5, 249.5, 374.5, 499.5, 624.5, 749.5, 874.5,
    ]);
  });

  it('ends on a constant target, also where each tree is grown on other rows', () => {
    const targets = new Float64Array(100).fill(3);
    const columns = [numbers(...Array.from({ length: 100 }, (_, i) => i))];
    const { history, stopped } = boosted(squaredLoss, { columns, targets }, { rowShare: 0.8, rounds: 50 });
    expect([history.length, stopped]).toEqual([1, 'converged']);
  });

  it('keeps a category of 100,000 levels to 255 bins, with the rare ones together', () => {
    const rows = 120_000;
    const codes = Int32Array.from({ length: rows }, (_, row) => (row < 20_000 ? row % 300 : row - 20_000));
    const column: TreeColumn = { kind: 'category', codes, levels: 100_000 };
    const targets = Float64Array.from({ length: rows }, (_, row) => (codes[row]! < 10 ? 5 : 0));
    const { model, history } = boosted(squaredLoss, { columns: [column], targets }, { rounds: 30 });
    const [bins] = model.bins;
    expect(bins!.kind === 'category' && bins!.kept.length).toBe(254);
    expect(history.at(-1)!.loss).toBeLessThan(1e-3);
  });

  it.each([
    ['no rows', { columns: [numbers()], targets: new Float64Array(0) }, /was given 0 and 1/],
    ['no columns', { columns: [], targets: Float64Array.of(1) }, /was given 1 and 0/],
    [
      'a missing target',
      { columns: [numbers(1, 2)], targets: Float64Array.of(1, Number.NaN) },
      /row 2 is NaN/,
    ],
    ['an infinite target', { columns: [numbers(1)], targets: Float64Array.of(-1 / 0) }, /row 1 is -Infinity/],
  ])('refuses %s', (_, train, message) => {
    expect(() => boosted(squaredLoss, train)).toThrow(message);
  });
});
