// Lives of a model in production whose true performance is known: how its rows come, and how their labels do.

import { validateSchema } from '../../shared/config/sections/validate-section.ts';
import type { TimeColumn } from '../../shared/dataset/time/window.ts';
import { dependenceInTime, type RowDependence } from '../../shared/drift/dependence/row-dependence.ts';
import { evaluate } from '../../shared/metrics/evaluate.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { takePredictions } from '../../shared/metrics/rows/subset.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import type { Random } from '../../shared/platform/random.ts';

/** A model, as rows with a known quality. */
export interface Model {
  readonly name: string;
  readonly metric: string;
  /** Rows in order of time, each as much worse as `worse` says of its place: the metric is that many times as bad. */
  readonly draw: (rows: number, random: Random, worse: (row: number) => number) => Predictions;
}

type Draw = (random: Random) => number;

const normal: Draw = (random) => random.normal();
const laplace: Draw = (random) => -Math.log(1 - random.next()) * (random.next() < 0.5 ? -1 : 1);

function student(degrees: number): Draw {
  return (random) => {
    let squares = 0;
    for (let i = 0; i < degrees; i++) squares += random.normal() ** 2;
    return random.normal() / Math.sqrt(squares / degrees);
  };
}

/** Errors of an autoregression, or independent ones. */
function errors(
  rows: number,
  random: Random,
  { draw, memory = 0 }: { draw: Draw; memory?: number },
): Float64Array {
  const out = new Float64Array(rows);
  let last = draw(random);
  for (let row = 0; row < rows; row++) {
    out[row] = last;
    last = memory * last + Math.sqrt(1 - memory ** 2) * draw(random);
  }
  return out;
}

function regression(name: string, metric: string, of: { draw: Draw; memory?: number }): Model {
  return {
    name,
    metric,
    draw(rows, random, worse) {
      const predicted = Float64Array.from({ length: rows }, () => 60 + 5 * random.normal());
      const own = errors(rows, random, of);
      return {
        task: 'regression',
        predicted,
        actual: predicted.map((value, row) => value + worse(row) * own[row]!),
      };
    },
  };
}

/** Classes that are predicted wrongly with a chance; its probabilities say 0.8, or what is left, whatever happens. */
function classes(name: string, metric: string, { width, wrong }: { width: number; wrong: number }): Model {
  return {
    name,
    metric,
    draw(rows, random, worse) {
      const actual = Int32Array.from({ length: rows }, () => random.integer(width));
      const predicted = actual.map((code, row) =>
        random.next() < wrong * worse(row) ? (code + 1 + random.integer(width - 1)) % width : code,
      );
      return {
        task: width === 2 ? 'binary' : 'multiclass',
        classes: [...'abcdef'].slice(0, width),
        actual,
        predicted,
      };
    },
  };
}

/** A binary model whose score parts the classes by `apart` standard deviations, less where it got worse. */
function scores(name: string, metric: string, { apart, share }: { apart: number; share: number }): Model {
  return {
    name,
    metric,
    draw(rows, random, worse) {
      const actual = Int32Array.from({ length: rows }, () => Number(random.next() < share));
      const chance = Float64Array.from(actual, (code, row) => {
        const seen = code * (apart / worse(row)) + random.normal();
        return 1 / (1 + ((1 - share) / share) * Math.exp(-apart * (seen - apart / 2)));
      });
      return {
        task: 'binary',
        classes: ['no', 'yes'],
        positive: 'yes',
        actual,
        predicted: Int32Array.from(chance, (p) => Number(p >= 0.5)),
        probabilities: Float64Array.from({ length: 2 * rows }, (_, i) =>
          i % 2 ? chance[i >> 1]! : 1 - chance[i >> 1]!,
        ),
      };
    },
  };
}

export const models: readonly Model[] = [
  regression('normal errors', 'rmse', { draw: normal }),
  regression('Laplace errors', 'rmse', { draw: laplace }),
  regression('t₅ errors', 'rmse', { draw: student(5) }),
  regression('t₅ errors', 'mae', { draw: student(5) }),
  regression('normal errors, autoregression of 0.8', 'rmse', { draw: normal, memory: 0.8 }),
  regression('normal errors', 'r2', { draw: normal }),
  classes('two classes, 3% wrong', 'accuracy', { width: 2, wrong: 0.03 }),
  classes('two classes, 15% wrong', 'accuracy', { width: 2, wrong: 0.15 }),
  classes('four classes, 20% wrong', 'f1-macro', { width: 4, wrong: 0.2 }),
  scores('two classes, 30% positive', 'log-loss', { apart: 2, share: 0.3 }),
  scores('two classes, 30% positive', 'roc-auc', { apart: 2, share: 0.3 }),
];

/** How labels come: at once, or so many rows late on average, each by itself. */
export type Labels = 'at once' | number;

/** One model's evaluation, and its looks at production. */
export interface Life {
  readonly evaluation: Evaluation;
  /** What each look has: labelled rows by now, their times, and how they hang together. */
  readonly looks: () => Generator<{
    readonly predictions: Predictions;
    readonly times: TimeColumn;
    readonly dependence: RowDependence;
    /** Rows that have come by now, labelled or not. */
    readonly rows: number;
  }>;
}

export interface LifeSettings {
  /** Rows of the evaluation, and of production. */
  readonly reference: number;
  readonly rows: number;
  /** Rows after which somebody looks. */
  readonly looks: readonly number[];
  readonly labels: Labels;
  /** Times as bad as before that the model is from a row on. */
  readonly worse?: { readonly from: number; readonly times: number };
  /** Rows that share a time. */
  readonly perTime?: number;
}

export function lifeOf({ metric, draw }: Model, settings: LifeSettings, random: Random): Life {
  const { reference, rows, looks, labels, worse, perTime = 1 } = settings;
  const judged = draw(reference, random.fork('evaluation'), () => 1);
  const evaluation = evaluate(
    {
      ...{ pipeline: 'p', task: judged.task, target: 'y', predictions: judged, slices: [] },
      validate: validateSchema.parse({ primary: metric, metrics: [metric], bootstrap: { resamples: 400 } }),
    },
    { logger: silentLogger },
  );
  const all = draw(rows, random.fork('production'), (row) => (worse && row >= worse.from ? worse.times : 1));
  const delay = random.fork('labels');
  const known = Float64Array.from({ length: rows }, (_, row) =>
    labels === 'at once' ? row : row - labels * Math.log(1 - delay.next()),
  );
  return {
    evaluation,
    *looks() {
      for (const now of looks) {
        const taken = Uint32Array.from(known.keys()).filter((row) => row < now && known[row]! < now);
        const values = Float64Array.from(taken, (row) => Math.floor(row / perTime));
        yield {
          predictions: takePredictions(all, taken),
          times: { type: 'number', values },
          dependence: dependenceInTime(values, 'time'),
          rows: now,
        };
      }
    },
  };
}
