// Rows whose true metrics are known: from distributions that are stated, by seed.

import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { createRandom, type Random } from '../../shared/platform/random.ts';

/** Predictions of one model, or of two on the same rows. */
export type Sample = readonly Predictions[];

/** A distribution of rows. */
export interface Population {
  readonly name: string;
  readonly draw: (rows: number, random: Random) => Sample;
  /** Metrics whose true value is known by a formula. */
  readonly known?: Readonly<Record<string, number>>;
  /** Whether its tails are so heavy that the fourth moment of the errors is infinite, or next to it. */
  readonly heavy?: true;
}

type Draw = (random: Random) => number;

const normal: Draw = (random) => random.normal();

function student(degrees: number): Draw {
  return (random) => {
    let squares = 0;
    for (let i = 0; i < degrees; i++) squares += random.normal() ** 2;
    return random.normal() / Math.sqrt(squares / degrees);
  };
}

const laplace: Draw = (random) => -Math.log(1 - random.next()) * (random.next() < 0.5 ? -1 : 1);
const logNormal: Draw = (random) => Math.exp(random.normal()) - Math.exp(0.5);

function regression(rows: number, random: Random, error: Draw): Predictions {
  const predicted = Float64Array.from({ length: rows }, () => 60 + 5 * random.normal());
  return { task: 'regression', actual: predicted.map((value) => value + error(random)), predicted };
}

/** Two models that err alike: what neither knows, and something of their own, `further` as much of the second. */
function twoRegressions(rows: number, random: Random, error: Draw, further = 1): Sample {
  const signal = Float64Array.from({ length: rows }, () => 60 + 5 * random.normal());
  const actual = signal.map((value) => value + error(random));
  return [0.4, 0.4 * further].map((own) => ({
    task: 'regression',
    actual,
    predicted: signal.map((value) => value + own * random.normal()),
  }));
}

export const regressions: readonly Population[] = [
  { name: 'normal', error: normal, known: { rmse: 1, mae: Math.sqrt(2 / Math.PI) } },
  { name: 'Laplace', error: laplace, known: { rmse: Math.SQRT2, mae: 1 } },
  { name: 't5', error: student(5), known: { rmse: Math.sqrt(5 / 3) } },
  {
    name: 't3',
    error: student(3),
    known: { rmse: Math.sqrt(3), mae: (2 * Math.sqrt(3)) / Math.PI },
    heavy: true as const,
  },
  {
    name: 'log-normal',
    error: logNormal,
    known: { rmse: Math.sqrt((Math.E - 1) * Math.E) },
    heavy: true as const,
  },
].map(({ error, known, ...rest }) => ({
  ...rest,
  known: { ...known, 'mean-bias': 0 },
  draw: (rows, random) => [regression(rows, random, error)],
}));

/** A class and what is seen of it: normal, by class. */
interface Classes {
  readonly names: readonly string[];
  readonly shares: readonly number[];
  /** Means of what is seen, by class. */
  readonly means: readonly (readonly number[])[];
  /** Power of the odds that are predicted: 1 is calibrated, 2 twice as sure as it should be. */
  readonly sureness: number;
}

/** Predictions by Bayes' rule from what is seen, and `blur` more of noise for each model. */
function classified(rows: number, random: Random, of: Classes, blurs: readonly number[] = [0]): Sample {
  const { names, shares, means, sureness } = of;
  const size = names.length;
  const actual = new Int32Array(rows);
  const probabilities = blurs.map(() => new Float64Array(rows * size));
  for (let row = 0; row < rows; row++) {
    let at = random.next();
    let code = 0;
    while (code < size - 1 && at >= shares[code]!) at -= shares[code++]!;
    actual[row] = code;
    const seen = means[code]!.map((mean) => mean + random.normal());
    for (const [model, blur] of blurs.entries()) {
      const looked = blur === 0 ? seen : seen.map((value) => value + blur * random.normal());
      const logs = shares.map((share, k) => {
        const distance = looked.reduce((sum, value, i) => sum + (value - means[k]![i]!) ** 2, 0);
        return sureness * (Math.log(share) - distance / (2 * (1 + blur ** 2)));
      });
      const most = Math.max(...logs);
      const odds = logs.map((log) => Math.exp(log - most));
      const sum = odds.reduce((total, value) => total + value, 0);
      probabilities[model]!.set(
        odds.map((value) => value / sum),
        row * size,
      );
    }
  }
  return probabilities.map((own) => ({
    task: size === 2 ? 'binary' : 'multiclass',
    classes: names,
    ...(size === 2 ? { positive: names[1]! } : {}),
    actual,
    predicted: Int32Array.from(actual.keys(), (row) => likeliest(own.subarray(row * size, (row + 1) * size))),
    probabilities: own,
  }));
}

function likeliest(chances: Float64Array): number {
  return chances.indexOf(Math.max(...chances));
}

const two = { names: ['no', 'yes'], sureness: 1 } as const;
const half: Classes = { ...two, shares: [0.5, 0.5], means: [[0], [1.5]] };
const rare: Classes = { ...two, shares: [0.88, 0.12], means: [[0], [2.2]] };
/** Right in 99 rows of 100. */
const nearlyPerfect: Classes = { ...two, shares: [0.5, 0.5], means: [[0], [4.6527]] };
const three: Classes = {
  names: ['a', 'b', 'c'],
  shares: [0.5, 0.42, 0.08],
  means: [
    [0, 0],
    [2, 0],
    [1, 2.2],
  ],
  sureness: 1,
};

const classes: readonly (readonly [string, Classes])[] = [
  ['50% positive', half],
  ['50%, too sure', { ...half, sureness: 2 }],
  ['12% positive', rare],
  ['12%, too sure', { ...rare, sureness: 2 }],
  ['accuracy 0.99', nearlyPerfect],
  ['three classes, one of 8%', three],
];

export const classifications: readonly Population[] = classes.map(([name, of]) => ({
  name,
  draw: (rows, random) => classified(rows, random, of),
}));

/** Two models on the same rows. Equal ones differ by nothing in truth. */
export const regressionPairs: readonly Population[] = [
  ['normal', normal] as const,
  ['t5', student(5)] as const,
  ['log-normal', logNormal] as const,
].flatMap(([name, error]) => [
  {
    name: `equal, ${name}`,
    ...(error === logNormal ? { heavy: true } : {}),
    draw: (rows: number, random: Random) => twoRegressions(rows, random, error),
  },
  {
    name: `second worse, ${name}`,
    ...(error === logNormal ? { heavy: true } : {}),
    draw: (rows: number, random: Random) => twoRegressions(rows, random, error, 2),
  },
]);

export const classificationPairs: readonly Population[] = classes
  .filter(([, { sureness }]) => sureness === 1)
  .flatMap(([name, of]) => [
    {
      name: `equal, ${name}`,
      draw: (rows: number, random: Random) => classified(rows, random, of, [0.5, 0.5]),
    },
    {
      name: `second worse, ${name}`,
      draw: (rows: number, random: Random) => classified(rows, random, of, [0.3, 0.8]),
    },
  ]);

/** A stream for a purpose. */
export function streamOf(...purpose: readonly (string | number)[]): Random {
  return createRandom(purpose.join('/'));
}
