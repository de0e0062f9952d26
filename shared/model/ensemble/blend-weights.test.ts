import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { blendFolds } from './blend-folds.ts';
import { type BlendTargets, blended, blendWeights } from './blend-weights.ts';
import { judgeParts } from './judged-parts.ts';

interface WeightsCase {
  name: string;
  /** Absent of a regression. */
  classes?: number;
  y: number[];
  parts: number[][];
  rowWeights: number[] | null;
  weights: number[];
  loss: number;
}

/** Written by ensemble.py: scipy's answers. */
const cases: WeightsCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/ensemble.json', import.meta.url), 'utf8'),
);

function targetsOf({ y, classes }: Pick<WeightsCase, 'y' | 'classes'>): BlendTargets {
  return classes === undefined
    ? { kind: 'numbers', values: Float64Array.from(y) }
    : {
        kind: 'classes',
        codes: Int32Array.from(y),
        classes: Array.from({ length: classes }, (_, k) => `class ${k}`),
      };
}

/** Mean squared error or log-loss, by the textbook. */
function lossOf(predicted: Float64Array, targets: BlendTargets, rowWeights?: Float64Array): number {
  const rows = targets.kind === 'numbers' ? targets.values.length : targets.codes.length;
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const share = rowWeights?.[row] ?? 1;
    total += share;
    sum +=
      targets.kind === 'numbers'
        ? share * (predicted[row]! - targets.values[row]!) ** 2
        : -share *
          Math.log(Math.max(2 ** -52, predicted[row * targets.classes.length + targets.codes[row]!]!));
  }
  return sum / total;
}

/** Parts of random quality: some biased, some nearly or exactly the same as another. */
function randomBlend(seed: number): {
  parts: Float64Array[];
  targets: BlendTargets;
  rowWeights?: Float64Array;
} {
  const random = createRandom(seed);
  const rows = 5 + random.integer(60);
  const classes = [0, 2, 3][random.integer(3)]!;
  const width = Math.max(1, classes);
  const targets = targetsOf(
    classes === 0
      ? { y: Array.from({ length: rows }, () => 10 * random.normal()) }
      : { y: Array.from({ length: rows }, () => random.integer(classes)), classes },
  );
  const parts: Float64Array[] = [];
  const count = 1 + random.integer(7);
  for (let part = 0; part < count; part++) {
    const like = parts[random.integer(Math.max(1, parts.length))];
    const kind = random.integer(4);
    if (like && kind === 0) parts.push(like.slice());
    else if (like && kind === 1) parts.push(like.map((value) => value * (1 - 1e-9 * random.next())));
    else {
      const noise = 10 ** (3 * random.next() - 1);
      parts.push(Float64Array.from({ length: rows * width }, (_, at) => answer(at, noise)));
    }
  }
  function answer(at: number, noise: number): number {
    if (targets.kind === 'numbers') return targets.values[at]! + noise * random.normal();
    const isActual = targets.codes[Math.floor(at / width)] === at % width;
    return (isActual ? 0.9 : 0.1) ** (noise * random.next());
  }
  const weighted = random.next() < 0.5;
  return {
    ...{ parts, targets },
    ...(weighted ? { rowWeights: Float64Array.from({ length: rows }, () => 0.1 + random.next()) } : {}),
  };
}

describe('the weights of a blend', () => {
  test.each(cases)('are scipy’s: $name', (one) => {
    const parts = one.parts.map((part) => Float64Array.from(part));
    const targets = targetsOf(one);
    const rowWeights = one.rowWeights ? Float64Array.from(one.rowWeights) : undefined;
    const weights = blendWeights(parts, targets, rowWeights);
    const loss = lossOf(blended(parts, weights), targets, rowWeights);
    expect(loss).toBeLessThanOrEqual(one.loss * (1 + 1e-7));
    expect(loss).toBeGreaterThan(one.loss * (1 - 1e-6));
    // Parts that are collinear leave the weights open, and not the blend.
    if (one.name.includes('collinear')) return;
    for (const [part, weight] of weights.entries()) expect(weight).toBeCloseTo(one.weights[part]!, 3);
  });

  test('are none negative and together 1, and the blend is never worse than its best part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const { parts, targets, rowWeights } = randomBlend(seed);
        const weights = blendWeights(parts, targets, rowWeights);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        const best = Math.min(...parts.map((part) => lossOf(part, targets, rowWeights)));
        const loss = lossOf(blended(parts, weights), targets, rowWeights);
        expect(loss).toBeLessThanOrEqual(best * (1 + 1e-12));
      }),
      { numRuns: 300 },
    );
  });

  test('do not depend on the order of the parts, to the bit; parts that say the same share theirs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const { parts, targets, rowWeights } = randomBlend(seed);
        const order = createRandom(seed).shuffle(Array.from(parts.keys()));
        const weights = blendWeights(parts, targets, rowWeights);
        const moved = blendWeights(
          Array.from(order, (part) => parts[part]!),
          targets,
          rowWeights,
        );
        expect(moved).toEqual(Array.from(order, (part) => weights[part]));
        for (const [a, one] of parts.entries()) {
          for (const [b, other] of parts.entries()) {
            if (one.every((value, at) => value === other[at])) expect(weights[a]).toBe(weights[b]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a row that counts twice counts as if it were there twice', () => {
    const [first] = cases;
    const parts = first!.parts.map((part) => Float64Array.from(part));
    const twice = parts.map((part) => Float64Array.from([...part, part[3]!]));
    const counts = Float64Array.from(first!.y, (_, row) => (row === 3 ? 2 : 1));
    const weights = blendWeights(parts, targetsOf(first!), counts);
    const repeated = blendWeights(twice, targetsOf({ y: [...first!.y, first!.y[3]!] }));
    for (const [part, weight] of weights.entries()) expect(weight).toBeCloseTo(repeated[part]!, 9);
  });

  test('are refused where a part has no number for a row, or another number of rows', () => {
    const targets = targetsOf({ y: [1, 2] });
    const good = Float64Array.of(1, 2);
    expect(() => blendWeights([good, Float64Array.of(1, Number.NaN)], targets)).toThrow(
      'part 2 predicts NaN, which is not a finite number',
    );
    expect(() => blendWeights([Float64Array.of(1)], targets)).toThrow(
      'part 1 has 1 predictions, 2 are needed',
    );
    expect(() => blendWeights([], targets)).toThrow('at least one part and one row');
    expect(() => blendWeights([good], targets, Float64Array.of(1, -1))).toThrow('a row has the weight -1');
  });
});

describe('a blend by folds', () => {
  const one = cases.find(({ classes }) => classes === 3)!;
  const parts = one.parts.map((part) => Float64Array.from(part));
  const targets = targetsOf(one);
  const folds = Int32Array.from(one.y, (_, row) => row % 5);

  test('takes the weights of each fold from the other folds: its own rows do not move them', () => {
    const { byFold, predictions, weights } = blendFolds(parts, folds, targets);
    expect(weights).toEqual(blendWeights(parts, targets));
    const codes = Int32Array.from(one.y, (code, row) => (folds[row] === 2 ? (code + 1) % 3 : code));
    const other = blendFolds(parts, folds, { ...targets, kind: 'classes', codes, classes: ['a', 'b', 'c'] });
    expect(other.byFold.get(2)).toEqual(byFold.get(2));
    expect(other.byFold.get(1)).not.toEqual(byFold.get(1));
    for (let row = 2; row < one.y.length; row += 5) {
      const expected = parts.reduce((sum, part, k) => sum + byFold.get(2)![k]! * part[row * 3]!, 0);
      expect(predictions[row * 3]).toBeCloseTo(expected, 12);
      expect(other.predictions[row * 3]).toBe(predictions[row * 3]);
    }
  });

  test('is refused with one fold, and where a row has none', () => {
    expect(() => blendFolds(parts, new Int32Array(one.y.length), targets)).toThrow('of two or more');
    expect(() => blendFolds(parts, folds.subarray(1), targets)).toThrow('79 rows have a fold');
  });

  test('says of each part what it scores alone, and what the others score without it', () => {
    const judged = judgeParts(parts, folds, targets, (predicted) => lossOf(predicted, targets));
    for (const [k, { score, without, weight }] of judged.parts.entries()) {
      expect(score).toBe(lossOf(parts[k]!, targets));
      expect(weight).toBe(judged.weights[k]);
      const others = parts.filter((_, part) => part !== k);
      expect(without).toBe(lossOf(blendFolds(others, folds, targets).predictions, targets));
    }
    expect(judged.score).toBeLessThan(Math.min(...judged.parts.map(({ score }) => score)));
    const alone = judgeParts([parts[0]!], folds, targets, (predicted) => lossOf(predicted, targets));
    expect(alone.parts).toEqual([{ weight: 1, score: alone.score }]);
  });
});
