import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import type { Column } from '../table/table.ts';
import { powerTarget, predictivePower } from './leakage.ts';

/** What `leakage` warns above. */
const bound = 0.99;
const random = createRandom('leakage');
const numbers = (values: Iterable<number>): Column => ({ type: 'number', values: Float64Array.from(values) });
const uniform = (rows: number, low = 0, high = 1): Float64Array =>
  Float64Array.from({ length: rows }, () => low + (high - low) * random.next());
/** Sixty rows: the training side of a hundred. */
const few = 60;

function texts(words: readonly string[]): Column {
  const dictionary = [...new Set(words)];
  return { type: 'category', dictionary, codes: Int32Array.from(words, (word) => dictionary.indexOf(word)) };
}

const powerOf = (column: Column, targets: Float64Array | Int32Array, classes: number | undefined): number =>
  predictivePower(column, powerTarget(targets, classes));

describe('a number that gives a number away is found in a hundred rows', () => {
  test.each<[string, (x: number) => number]>([
    ['y = 2x + 1', (x) => 2 * x + 1],
    ['exp', (x) => Math.exp(x)],
    ['the logarithm', (x) => Math.log(x + 6)],
    ['a cube', (x) => x ** 3],
    ['a parabola, which no correlation sees', (x) => x ** 2],
    ['a wave', (x) => Math.sin(x)],
    ['rounding', (x) => Math.round(x * 10) / 10],
  ])('%s', (_, f) => {
    const x = uniform(few, -5, 5);
    expect(powerOf(numbers(x), x.map(f), undefined)).toBeGreaterThan(bound);
    expect(powerOf(numbers(x.map(f)), x.map(f), undefined)).toBeCloseTo(1, 3);
  });

  test('a target with a long tail, by its logarithm', () => {
    const x = Float64Array.from({ length: few }, () => 3 * random.normal());
    expect(powerOf(numbers(x), x.map(Math.exp), undefined)).toBeGreaterThan(bound);
    expect(powerOf(numbers(x.map(Math.exp)), x, undefined)).toBeGreaterThan(bound);
  });

  test('also where some of its values are missing', () => {
    const y = uniform(500);
    const x = y.map((value, row) => (row % 50 === 0 ? Number.NaN : value));
    expect(powerOf(numbers(x), y, undefined)).toBeGreaterThan(bound);
  });
});

describe('a feature that gives a label away is found in a hundred rows', () => {
  const classes = Int32Array.from({ length: few }, () => random.integer(3));

  test('the label renamed', () => {
    const names = [...classes].map((code) => ['setosa', 'virginica', 'versicolor'][code]!);
    expect(powerOf(texts(names), classes, 3)).toBe(1);
  });

  test('the label as a number', () => {
    expect(powerOf(numbers(classes), classes, 3)).toBe(1);
    const ten = Int32Array.from({ length: 100 }, (_, i) => (i * 7) % 10);
    expect(powerOf(numbers(ten), ten, 10)).toBe(1);
  });

  test('a score that the label is cut from', () => {
    const score = uniform(few);
    expect(
      powerOf(
        numbers(score),
        Int32Array.from(score, (value) => Number(value > 0.4)),
        2,
      ),
    ).toBeGreaterThan(bound);
  });

  test('a truth value', () => {
    const label = Int32Array.from({ length: few }, () => random.integer(2));
    expect(powerOf({ type: 'boolean', values: Int8Array.from(label) }, label, 2)).toBe(1);
  });
});

describe('what is not a leak is not taken for one', () => {
  test.each([few, 2000])('identifiers, as numbers and as texts: %i rows', (rows) => {
    const y = uniform(rows);
    const label = Int32Array.from(y, (value) => Number(value > 0.5));
    const id = numbers(y.map((_, row) => row));
    const text = texts([...y].map((_, row) => `id ${row}`));
    for (const column of [id, text]) {
      expect(powerOf(column, y, undefined)).toBeLessThan(0.3);
      expect(powerOf(column, label, 2)).toBeLessThan(0.6);
    }
  });

  test.each([few, 300, 50_000])('an honest feature with two percent of noise: %i rows', (rows) => {
    const x = uniform(rows);
    // The variance of x is 1/12; the noise has two percent of it.
    const y = x.map((value) => value + Math.sqrt(0.02 / 12) * random.normal());
    const power = powerOf(numbers(x), y, undefined);
    expect(power).toBeGreaterThan(0.8);
    expect(power).toBeLessThan(bound);
  });

  test('an honest feature of a label, with two percent of its labels wrong', () => {
    const x = uniform(5000);
    const label = Int32Array.from(x, (value) => Number(value > 0.5 !== random.next() < 0.02));
    expect(powerOf(numbers(x), label, 2)).toBeLessThan(bound);
  });

  test('whatever a car has: its displacement, weight or power tells much of its consumption, not all', () => {
    const file = new URL('../../../node_modules/vega-datasets/data/cars.json', import.meta.url);
    const cars = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number | null>[]).filter(
      (car) => car.Miles_per_Gallon !== null,
    );
    const of = (name: string): Float64Array => Float64Array.from(cars, (car) => car[name] ?? Number.NaN);
    for (const name of ['Displacement', 'Weight_in_lbs', 'Horsepower', 'Cylinders', 'Acceleration']) {
      expect(powerOf(numbers(of(name)), of('Miles_per_Gallon'), undefined), name).toBeLessThan(0.8);
    }
  });

  test('too few rows, a constant target, a feature without values', () => {
    const x = uniform(19);
    expect(powerOf(numbers(x), x, undefined)).toBe(0);
    expect(powerOf(numbers(uniform(few)), new Float64Array(few).fill(3), undefined)).toBe(0);
    expect(powerOf(numbers(uniform(few)), new Int32Array(few), 1)).toBe(0);
    expect(powerOf(numbers(new Float64Array(few).fill(Number.NaN)), uniform(few), undefined)).toBeLessThan(
      0.1,
    );
  });
});
