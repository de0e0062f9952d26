import { describe, expect, test } from 'vitest';
import { classWeightsOf } from './class-weights.ts';

describe('class weights', () => {
  const classes = ['a', 'b', 'c'];

  test('balanced equals scikit-learn’s compute_class_weight', () => {
    // compute_class_weight('balanced', classes=[0, 1, 2], y=[0]*10 + [1]*5 + [2])
    expect([...classWeightsOf('balanced', classes, [10, 5, 1])!]).toEqual([
      0.5333333333333333, 1.0666666666666667, 5.333333333333333,
    ]);
  });

  test('a class without rows has no weight and does not count', () => {
    expect([...classWeightsOf('balanced', classes, [6, 2, 0])!]).toEqual([8 / 12, 2, 0]);
  });

  test('a map’s missing classes weigh 1; none needs no weights', () => {
    expect([...classWeightsOf({ b: 3 }, classes, [1, 1, 1])!]).toEqual([1, 3, 1]);
    expect(classWeightsOf('none', classes, [1, 1, 1])).toBeUndefined();
  });
});
