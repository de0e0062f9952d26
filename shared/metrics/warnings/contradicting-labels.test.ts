import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { contradictionWarnings } from './contradicting-labels.ts';

/** Classes as probable as the softmax of noise; a class is predicted where its probability, times its weight, is the largest. */
function predictions(
  classes: readonly string[],
  {
    weights = classes.map(() => 1),
    columns = classes.map((_, i) => i),
  }: { weights?: number[]; columns?: number[] } = {},
): Predictions {
  const random = createRandom(12);
  const rows = 300;
  const width = classes.length;
  const probabilities = new Float64Array(rows * width);
  const predicted = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const odds = classes.map(() => Math.exp(random.normal()));
    const sum = odds.reduce((a, b) => a + b, 0);
    const weighted = odds.map((one, i) => one * weights[i]!);
    predicted[row] = weighted.indexOf(Math.max(...weighted));
    for (let i = 0; i < width; i++) probabilities[row * width + i] = odds[columns[i]!]! / sum;
  }
  const task = width === 2 ? 'binary' : 'multiclass';
  return { task, classes, actual: predicted, predicted, probabilities };
}

const warned = (given: Predictions) => contradictionWarnings(judgedRows(given));

describe('labels beside probabilities', () => {
  it('contradict them where the columns of two classes are swapped', () => {
    const [warning] = warned(predictions(['no', 'yes'], { columns: [1, 0] }));
    expect(warning).toMatchObject({ kind: 'contradiction' });
    expect(warning!.message).toMatch(
      /where "no" is predicted, its probability is 0\.2\d* on average, and 0\.7\d* where/,
    );
    expect(warned(predictions(['a', 'b', 'c'], { columns: [0, 2, 1] }))).toHaveLength(1);
  });

  it('do not where a class is predicted from another threshold', () => {
    expect(warned(predictions(['no', 'yes']))).toEqual([]);
    expect(warned(predictions(['no', 'yes'], { weights: [1, 9] }))).toEqual([]);
    expect(warned(predictions(['a', 'b', 'c'], { weights: [1, 5, 0.2] }))).toEqual([]);
  });
});
