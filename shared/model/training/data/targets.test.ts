import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { type Column, tableOf } from '../../../dataset/table/table.ts';
import { standardised, targetScaleOf } from '../../network/target-scale.ts';
import { targetsOf } from './targets.ts';

function schema(task: DatasetSchema['task'], classes?: string[]): DatasetSchema {
  return { version: 1, task, target: 'y', key: [], columns: [], ...(classes ? { classes } : {}) };
}

const table = (y: Column) => tableOf([['y', y]]);

describe('targets', () => {
  test('of a regression are the column’s numbers', () => {
    const values = Float64Array.of(3, 1, 2);
    expect(targetsOf(table({ type: 'number', values }), schema('regression'))).toEqual({
      kind: 'numbers',
      values,
    });
  });

  test('of a classifier are indices into the schema’s classes, whatever the dictionary’s order', () => {
    const texts = table({ type: 'category', codes: Int32Array.of(0, 1, 1, 0), dictionary: ['yes', 'no'] });
    expect(targetsOf(texts, schema('binary', ['no', 'yes']))).toEqual({
      kind: 'classes',
      codes: Int32Array.of(1, 0, 0, 1),
      classes: ['no', 'yes'],
    });
    const truths = table({ type: 'boolean', values: Int8Array.of(1, 0) });
    expect(targetsOf(truths, schema('binary', ['false', 'true']))).toMatchObject({
      codes: Int32Array.of(1, 0),
    });
    const numbers = table({ type: 'number', values: Float64Array.of(10, 2) });
    expect(targetsOf(numbers, schema('multiclass', ['10', '2']))).toMatchObject({
      codes: Int32Array.of(0, 1),
    });
  });

  test('that are missing or unknown are named with their row', () => {
    const numbers = table({ type: 'number', values: Float64Array.of(1, Number.NaN) });
    expect(() => targetsOf(numbers, schema('regression'))).toThrow('target: row 2 has no value in "y"');
    const texts = table({ type: 'category', codes: Int32Array.of(0, -1), dictionary: ['a'] });
    expect(() => targetsOf(texts, schema('binary', ['a', 'b']))).toThrow('target: row 2 has no value in "y"');
    const unknown = table({ type: 'category', codes: Int32Array.of(0), dictionary: ['c'] });
    expect(() => targetsOf(unknown, schema('binary', ['a', 'b']))).toThrow(
      'target: row 1 has the label "c" in "y", which is none of the dataset\'s classes: "a", "b"',
    );
    expect(() => targetsOf(texts, schema('regression'))).toThrow(
      '"y" is a column of type category; a regression needs numbers',
    );
  });
});

describe('the scale of a target', () => {
  test('makes mean 0 and deviation 1', () => {
    const values = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9);
    // numpy: mean 5.0, std 2.0
    const scale = targetScaleOf(values);
    expect(scale.mean).toBeCloseTo(5, 12);
    expect(scale.deviation).toBeCloseTo(2, 12);
    expect(standardised(values, scale)[0]).toBeCloseTo(-1.5, 6);
  });

  test('of equal values is 1', () => {
    expect(targetScaleOf(Float64Array.of(0.1, 0.1, 0.1)).deviation).toBe(1);
  });
});
