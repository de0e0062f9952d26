import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { WeightedRows } from '../network/learner.ts';
import type { Penalty } from '../report/training-report.ts';
import { type Design, designOf } from './design.ts';
import { pathSolverOf } from './fit-path.ts';
import { inputScaleOf } from './input-scale.ts';
import { weightOfPenalty } from './penalties.ts';
import { warmPath } from './warm-path.ts';

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

/** Coefficients and biases, those of several classes less their mean. */
function rowsOf(values: Float64Array, units: number): { coefficients: number[][]; biases: number[] } {
  const size = values.length / units;
  const rows = Array.from({ length: units }, (_, u) => [...values.subarray(u * size, (u + 1) * size)]);
  const biases = rows.map((row) => row.pop()!);
  return { coefficients: rows, biases: centred(biases) };
}

function centred(biases: number[]): number[] {
  if (biases.length === 1) return biases;
  const mean = biases.reduce((sum, bias) => sum + bias, 0) / biases.length;
  return biases.map((bias) => bias - mean);
}

/** Largest difference from scikit-learn's numbers, against the largest of these. */
function distance(found: number[], truth: number[]): number {
  const largest = Math.max(...truth.map(Math.abs));
  return Math.max(...truth.map((value, k) => Math.abs(value - found[k]!))) / largest;
}

describe('along the path, coefficients are scikit-learn’s', () => {
  for (const [solver, create] of Object.entries({ 'as its shape asks': pathSolverOf, 'step by step': warmPath })) {
    test.each(cases)(`$name, solved ${solver}`, (example) => {
      const design = designOfCase(example);
      const solve = create(design);
      const worst = example.steps.map(({ penalty, coefficients, biases }) => {
        const found = rowsOf(solve(weightOfPenalty(penalty)).coefficients, design.output.units);
        return Math.max(
          distance(found.coefficients.flat(), coefficients.flat()),
          distance(found.biases, centred(biases)),
        );
      });
      console.log(example.name, solver, worst);
      expect(Math.max(...worst)).toBeLessThan(1e-5);
    });
  }
});
