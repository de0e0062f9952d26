import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { architectureOf } from '../network/architecture.ts';
import type { FittedNetwork } from '../network/fit-network.ts';
import type { WeightedRows } from '../network/learner.ts';
import type { Penalty } from '../report/training-report.ts';
import { type Design, designOf } from './design.ts';
import { fitPath, pathSolverOf } from './fit-path.ts';
import { inputScaleOf } from './input-scale.ts';
import { penaltiesOf, weightOfPenalty } from './penalties.ts';
import { warmPath } from './warm-path.ts';

interface WalkOptions {
  rounds?: number;
  patience?: number;
  validation?: WeightedRows | 'none';
}

interface PathCase {
  name: string;
  /** 0 for a regression. */
  classes: number;
  x: number[][];
  y: number[];
  weights: number[] | null;
  /** Over standardised inputs; a class or the number a row. */
  steps: { penalty: Penalty; coefficients: number[][]; biases: number[] }[];
}

/** Written by linear_path.py: scikit-learn's answers. */
const { cases }: { cases: PathCase[] } = JSON.parse(
  readFileSync(new URL('../fixtures/linear-path.json', import.meta.url), 'utf8'),
);

function designOfCase({ classes, x, y, weights }: PathCase): Design {
  const train: WeightedRows = {
    rows: y.length,
    x: Float32Array.from(x.flat()),
    targets: Float32Array.from(y),
    weights: weights ? Float32Array.from(weights) : undefined,
  };
  const output = ({ 0: 'linear', 2: 'sigmoid' } as const)[classes] ?? 'softmax';
  return designOf(train, inputScaleOf(train, x[0]!.length), {
    units: output === 'softmax' ? classes : 1,
    activation: output,
  });
}

/** Coefficients, then biases; those of several classes less their mean, up to which they are free. */
function numbersOf(coefficients: readonly number[][], biases: readonly number[]): number[] {
  const mean = biases.length === 1 ? 0 : biases.reduce((sum, bias) => sum + bias, 0) / biases.length;
  return [...coefficients.flat(), ...biases.map((bias) => bias - mean)];
}

function rowsOf(values: Float64Array, units: number): number[][] {
  const size = values.length / units;
  return Array.from({ length: units }, (_, u) => [...values.subarray(u * size, (u + 1) * size)]);
}

/** Largest difference from scikit-learn's numbers, against the largest of these. */
function distance(found: readonly number[], truth: readonly number[]): number {
  const largest = Math.max(...truth.map(Math.abs));
  return Math.max(...truth.map((value, k) => Math.abs(value - found[k]!))) / largest;
}

/** A design's rows, as a training is given them. */
function rowsWithin({ rows, x, targets, weights }: Design): WeightedRows {
  return { rows, x: Float32Array.from(x), targets, weights };
}

describe('along the path, coefficients and biases are scikit-learn’s, to within 3e-5 of the largest', () => {
  for (const [way, create] of Object.entries({
    'as its shape asks': pathSolverOf,
    'step by step': warmPath,
    'step by step from one Gram matrix': (design: Design) => warmPath(design, 0),
  })) {
    test.each(cases)(`$name, solved ${way}`, (example) => {
      const design = designOfCase(example);
      const solve = create(design);
      for (const { penalty, coefficients, biases } of example.steps) {
        const rows = rowsOf(solve(weightOfPenalty(penalty)).refine().coefficients, design.output.units);
        const found = numbersOf(
          rows.map((row) => row.slice(0, -1)),
          rows.map((row) => row.at(-1)!),
        );
        expect(distance(found, numbersOf(coefficients, biases)), JSON.stringify(penalty)).toBeLessThan(3e-5);
      }
    });
  }
});

describe('a path of penalties', () => {
  const [diabetes, cancer, wine] = ['diabetes', 'breast cancer', 'wine'].map((wanted) =>
    designOfCase(cases.find(({ name }) => name === wanted)!),
  ) as [Design, Design, Design];

  /** Walks the path of a design's rows; the rows themselves, or those given, stop it. */
  function walked(design: Design, { rounds, patience = 20, ...rest }: WalkOptions = {}) {
    const { output, width } = design;
    const train = rowsWithin(design);
    const validation = rest.validation === 'none' ? undefined : (rest.validation ?? train);
    const architecture = architectureOf(width, undefined, output);
    const input = { name: 'linear', architecture, train, validation, options: { epochs: 500, patience } };
    return fitPath({ ...input, rounds }, { logger: silentLogger });
  }

  /** The predictions of the saved numbers, before the output's activation. */
  function sumsOf({ parameters }: FittedNetwork, { x, rows, width, output }: Design): number[] {
    const { kernel, bias } = parameters.layers[0]!;
    return Array.from({ length: rows * output.units }, (_, k) => {
      const [i, u] = [Math.floor(k / output.units), k % output.units];
      let sum = bias[u]!;
      for (let j = 0; j < width; j++) sum += x[i * width + j]! * kernel[j * output.units + u]!;
      return sum;
    });
  }

  test.each([diabetes, cancer, wine])(
    'is the same whatever the units of the inputs: $output.activation',
    async (design) => {
      const { width } = design;
      const x = Float32Array.from(design.x, (value, k) => value * 2 ** ((k % width) - 4));
      const scaled = { ...design, x };
      const [plain, other] = [await walked(design), await walked(scaled)];
      expect(other.history).toEqual(plain.history);
      expect(distance(sumsOf(other, scaled), sumsOf(plain, design))).toBeLessThan(1e-6);
    },
  );

  test('begins near the mean and ends near least squares', async () => {
    const { targets, rows } = diabetes;
    const shifted = { ...diabetes, targets: targets.map((value) => (value - 152) / 77) };
    const { history } = await walked(shifted);
    const variance = (values: Float32Array) => {
      const mean = values.reduce((sum, value) => sum + value / rows, 0);
      return values.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0);
    };
    expect(history[0]!.validationLoss).toBeGreaterThan(0.7 * variance(shifted.targets));
    // R² of ordinary least squares on this table: 0.5177 (scikit-learn's LinearRegression().fit(x, y).score(x, y)).
    expect(history.at(-1)!.validationLoss).toBeCloseTo((1 - 0.517_748_4) * variance(shifted.targets), 5);
    expect(history.map(({ penalty }) => penalty)).toEqual(penaltiesOf('linear'));
    for (const [at, { validationLoss }] of history.slice(1).entries()) {
      expect(validationLoss).toBeLessThan(history[at]!.validationLoss);
    }
  });

  test('ends after its patience, and keeps the best penalty of the rows that stop it', async () => {
    // Answers that have nothing to do with the inputs: the stronger the penalty, the better.
    const random = createRandom(4);
    const noise = Float32Array.from(cancer.targets, () => random.integer(2));
    const { history, bestEpoch, stopped } = await walked(cancer, {
      validation: { ...rowsWithin(cancer), targets: noise },
      patience: 3,
    });
    expect({ bestEpoch, stopped, epochs: history.length }).toEqual({
      bestEpoch: 1,
      stopped: 'patience',
      epochs: 4,
    });
  });

  test.each([
    ['of classes', cancer, 4],
    ['of a regression', diabetes, penaltiesOf('linear').length],
  ] as const)(
    'however patient, a walk %s that gets no better ends as it should',
    async (_, design, epochs) => {
      const random = createRandom(4);
      const noise = Float32Array.from(design.targets, () => random.integer(2));
      const validation = { ...rowsWithin(design), targets: noise };
      const { bestEpoch, history } = await walked(design, { validation, patience: 100 });
      expect({ bestEpoch, epochs: history.length }).toEqual({ bestEpoch: 1, epochs });
    },
  );

  test('without rows that stop it goes as far as it is told, and keeps the last', async () => {
    const { history, bestEpoch, stopped } = await walked(wine, { validation: 'none', rounds: 5 });
    expect({ bestEpoch, stopped, epochs: history.length }).toEqual({
      bestEpoch: 5,
      stopped: 'epochs',
      epochs: 5,
    });
    expect(history.at(-1)!.penalty).toEqual({ c: 0.02 });
  });

  test('takes constant inputs, one-hot groups, copies of an input and classes without rows', async () => {
    const width = 6;
    const x = new Float32Array(wine.rows * width);
    for (let i = 0; i < wine.rows; i++) {
      const color = wine.x[i * wine.width]!;
      x.set([7, Number(i % 3 === 0), Number(i % 3 === 1), Number(i % 3 === 2), color, color], i * width);
    }
    const scale = inputScaleOf({ rows: wine.rows, x }, width);
    for (const example of [
      { ...wine, output: { units: 4, activation: 'softmax' as const } },
      { ...wine, output: { units: 1, activation: 'linear' as const } },
    ]) {
      const { history, parameters } = await walked({ ...example, x, width, scale });
      expect(parameters.flat.every(Number.isFinite)).toBe(true);
      const ofConstant = parameters.layers[0]!.kernel.slice(0, example.output.units);
      expect(ofConstant.every((weight) => weight === 0)).toBe(true);
      expect(history.at(-1)!.validationLoss).toBeLessThan(history[0]!.validationLoss);
    }
  });

  test('of a constant target, or of one row, answers that', async () => {
    const constant = await walked({ ...diabetes, targets: diabetes.targets.map(() => 0.5) });
    expect(distance(sumsOf(constant, diabetes), new Array(diabetes.rows).fill(0.5))).toBeLessThan(1e-6);
    const one: Design = {
      ...diabetes,
      rows: 1,
      x: diabetes.x.slice(0, diabetes.width),
      targets: Float32Array.of(3),
    };
    expect(sumsOf(await walked(one), one)[0]).toBeCloseTo(3, 5);
  });
});
