import { expect, test } from 'vitest';
import { countedValues } from './counted-values.ts';
import { freshMemory } from './memory.ts';
import { pairOfValues } from './number-pair.ts';
import { sideMedians } from './side-medians.ts';

const pairOf = (reference: readonly number[], current: readonly number[]) =>
  pairOfValues(
    countedValues(Float64Array.from(reference), freshMemory),
    countedValues(Float64Array.from(current), freshMemory),
  );
const repeated = (values: readonly number[], times: number): number[] =>
  values.flatMap((value) => Array.from({ length: times }, () => value));

test('the medians of both sides are their lower medians, where enough rows have the value', () => {
  // statistics.median_low of Python: 150 and 88.
  expect(sideMedians(pairOf(repeated([88, 150, 225], 5), repeated([70, 88, 95], 6)), 'number')).toEqual({
    reference: 150,
    current: 88,
  });
});

test('a median that few rows have is near it, and not it', () => {
  const medians = sideMedians(pairOf([10.13, 20.26, 30.39], [40.52, 50.65, 60.78]), 'number')!;
  expect(medians.reference).toBeGreaterThan(10.13);
  expect(medians.reference).toBeLessThan(20.26);
  expect(medians.current).toBeGreaterThan(40.52);
  expect(medians.current).toBeLessThan(50.65);
});
