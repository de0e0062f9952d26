/**
 * By what the interval of a difference between two models that were judged out-of-fold must be lengthened, so that it holds
 * the difference of their expected errors, at (K − 1)/K of the rows, as often as it says: the rows are drawn anew in each
 * repetition and the models fitted anew, which a bootstrap over the rows of one fit knows nothing of. Prints one JSON object.
 * With --keep the result goes into folds.json beside this file, from which the guide's table is written (npm run schemas).
 *
 * usage: node benchmarks/coverage/folds.ts [--repetitions 400] [--resamples 400] [--keep]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { factorise, solveFactorised } from '../../shared/algebra/cholesky.ts';
import { mean, quantileSorted } from '../../shared/algebra/descriptive-statistics.ts';
import { combineEstimates } from '../../shared/metrics/intervals/estimate.ts';
import { estimatesOf } from '../../shared/metrics/intervals/estimates.ts';
import { measured } from '../../shared/metrics/intervals/measured.ts';
import { outOfFoldFactor } from '../../shared/metrics/intervals/out-of-fold-factor.ts';
import { metricOf } from '../../shared/metrics/registry/registry.ts';
import { judgedRows } from '../../shared/metrics/rows/judged-rows.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import type { Random } from '../../shared/platform/random.ts';
import { streamOf } from './samples.ts';

const { values } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '400' },
    resamples: { type: 'string', default: '400' },
    keep: { type: 'boolean', default: false },
  },
});
const repetitions = Number(values.repetitions);
const settings = { method: 'auto', resamples: Number(values.resamples), confidence: 0.95 } as const;
const folds = 5;

/** Numbers of rows and of inputs. */
const sizes = [
  [100, 2],
  [400, 8],
  [100, 5],
  [400, 20],
  [100, 10],
  [400, 40],
  [100, 15],
  [300, 40],
  [100, 20],
  [60, 15],
  [60, 20],
  [100, 40],
] as const;

interface Table {
  readonly rows: number;
  readonly inputs: number;
  readonly x: Float64Array;
  readonly actual: Float64Array;
}

/** Half of the target's variance comes from the inputs, each as much as the others; of two classes, so do the odds. */
function drawTable(rows: number, inputs: number, task: 'regression' | 'binary', random: Random): Table {
  const x = Float64Array.from({ length: rows * inputs }, () => random.normal());
  const effect = (task === 'binary' ? 1.5 : 1) / Math.sqrt(inputs);
  const actual = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let j = 0; j < inputs; j++) sum += x[row * inputs + j]! * effect;
    if (task === 'regression') return sum + random.normal();
    return random.next() < 1 / (1 + Math.exp(-sum)) ? 1 : 0;
  });
  return { rows, inputs, x, actual };
}

/** A way to a model: which inputs it sees, and how much it is drawn to zero. */
interface Procedure {
  readonly share: number;
  readonly penalty: number;
}

/** Newton's method for a linear or logistic regression with an intercept. */
function fitted(
  table: Table,
  rows: Uint32Array,
  { share, penalty }: Procedure,
  logistic: boolean,
): Float64Array {
  const inputs = Math.max(1, Math.round(table.inputs * share));
  const width = inputs + 1;
  const coefficients = new Float64Array(width);
  for (let step = 0; step < (logistic ? 6 : 1); step++) {
    const curvature = new Float64Array(width * width);
    const slope = new Float64Array(width);
    const at = new Float64Array(width);
    at[inputs] = 1;
    for (const row of rows) {
      for (let j = 0; j < inputs; j++) at[j] = table.x[row * table.inputs + j]!;
      const score = dot(coefficients, at);
      const answer = logistic ? 1 / (1 + Math.exp(-score)) : score;
      const weight = logistic ? Math.max(answer * (1 - answer), 1e-6) : 1;
      for (let j = 0; j < width; j++) {
        slope[j]! += at[j]! * (table.actual[row]! - answer);
        for (let k = 0; k <= j; k++) curvature[j * width + k]! += weight * at[j]! * at[k]!;
      }
    }
    for (let j = 0; j < width; j++) {
      const strength = j < inputs ? penalty * rows.length + (logistic ? 1 : 1e-6) : 1e-6;
      slope[j]! -= strength * coefficients[j]!;
      curvature[j * width + j]! += strength;
      for (let k = 0; k < j; k++) curvature[k * width + j] = curvature[j * width + k]!;
    }
    factorise(curvature, width);
    solveFactorised(curvature, width, slope);
    for (let j = 0; j < width; j++) coefficients[j]! += slope[j]!;
  }
  return coefficients;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/** Each row predicted by the model of the other folds. */
function outOfFold(table: Table, procedure: Procedure, task: 'regression' | 'binary'): Predictions {
  const logistic = task === 'binary';
  const answers = new Float64Array(table.rows);
  for (let fold = 0; fold < folds; fold++) {
    const train = Uint32Array.from({ length: table.rows }, (_, row) => row).filter(
      (row) => row % folds !== fold,
    );
    const coefficients = fitted(table, train, procedure, logistic);
    const inputs = coefficients.length - 1;
    for (let row = fold; row < table.rows; row += folds) {
      const at = table.x.subarray(row * table.inputs, row * table.inputs + inputs);
      const score = dot(coefficients.subarray(0, inputs), at) + coefficients[inputs]!;
      answers[row] = logistic ? 1 / (1 + Math.exp(-score)) : score;
    }
  }
  if (!logistic) return { task: 'regression', actual: table.actual, predicted: answers };
  return {
    task: 'binary',
    classes: ['no', 'yes'],
    positive: 'yes',
    actual: Int32Array.from(table.actual),
    predicted: Int32Array.from(answers, (answer) => Number(answer > 0.5)),
    probabilities: Float64Array.from({ length: 2 * table.rows }, (_, i) =>
      i % 2 === 1 ? answers[(i - 1) / 2]! : 1 - answers[i / 2]!,
    ),
  };
}

const all: Procedure = { share: 1, penalty: 0 };
const pairs = [
  { name: 'all inputs against half of them', first: all, second: { share: 0.5, penalty: 0 } },
  { name: 'least squares against ridge', first: all, second: { share: 1, penalty: 0.3 } },
] as const;
const tasks = [
  { task: 'regression', metrics: ['rmse', 'mae'] },
  { task: 'binary', metrics: ['log-loss', 'accuracy'] },
] as const;

interface Draw {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function coverageOf(draws: readonly Draw[], factor: number): number {
  const truth = mean(Float64Array.from(draws, ({ value }) => value));
  const held = draws.filter(
    ({ value, low, high }) =>
      value + factor * (low - value) <= truth && truth <= value + factor * (high - value),
  );
  return held.length / draws.length;
}

/** The factor at which 95 of 100 intervals hold the truth, the mean of what was measured. */
function neededFactor(draws: readonly Draw[]): number {
  const truth = mean(Float64Array.from(draws, ({ value }) => value));
  const reach = Float64Array.from(
    draws,
    ({ value, low, high }) =>
      Math.abs(truth - value) / Math.max(truth > value ? high - value : value - low, 1e-12),
  ).sort();
  return quantileSorted(reach, 0.95);
}

const cells = [];
for (const [rows, inputs] of sizes) {
  for (const { task, metrics } of tasks) {
    for (const { name, first, second } of pairs) {
      const kinds = [...metrics, ...metrics.map((metric) => `${metric} itself` as const)];
      const draws = new Map<string, Draw[]>(kinds.map((kind) => [kind, []]));
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const random = streamOf('folds', rows, inputs * 1e6 + repetition);
        const table = drawTable(rows, inputs, task, random);
        const both = [first, second].map((procedure) => judgedRows(outOfFold(table, procedure, task)));
        const estimates = estimatesOf({
          metrics: metrics.flatMap((metric) => both.map((own) => ({ metric: metricOf(metric), rows: own }))),
          settings,
          random,
        });
        for (const [m, metric] of metrics.entries()) {
          const [one, other] = [estimates[2 * m]!, estimates[2 * m + 1]!];
          for (const [kind, quantity] of [
            [metric, combineEstimates(other, one, (a, b) => a - b)],
            [`${metric} itself`, one],
          ] as const) {
            const { value, low, high } = measured(quantity, settings);
            if (value !== null && low !== null && high !== null) draws.get(kind)!.push({ value, low, high });
          }
        }
      }
      for (const [metric, drawn] of draws) {
        const factor = outOfFoldFactor(inputs / rows);
        const percent = (share: number) => Number((100 * share).toFixed(1));
        cells.push({
          rows,
          inputs,
          ratio: Number((inputs / rows).toFixed(3)),
          pair: name,
          metric,
          plain: percent(coverageOf(drawn, 1)),
          needed: Number(neededFactor(drawn).toFixed(2)),
          factor: Number(factor.toFixed(2)),
          coverage: percent(coverageOf(drawn, factor)),
        });
      }
    }
  }
  console.error(`${rows} rows, ${inputs} inputs`);
}
const result = { repetitions, resamples: settings.resamples, folds, cells };
console.log(JSON.stringify({ benchmark: 'coverage of folds', ...result }));
if (values.keep) {
  const lines = cells.map((cell) => `    ${JSON.stringify(cell)}`).join(',\n');
  writeFileSync(
    new URL('folds.json', import.meta.url),
    `{\n  "repetitions": ${repetitions}, "resamples": ${settings.resamples}, "folds": ${folds}, "cells": [\n${lines}\n  ]\n}\n`,
  );
}
