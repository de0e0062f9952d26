import { describe, expect, test } from 'vitest';
import { IntegrityError } from '../../platform/errors.ts';
import type { OnnxValue } from './onnx-file.ts';
import { chooseOutput, type OnnxTask, readOutput } from './onnx-outputs.ts';

const value = (name: string, type: string, shape?: (number | undefined)[]): OnnxValue => ({
  name,
  type,
  shape,
});
const regression: OnnxTask = { task: 'regression', classes: [] };
const binary: OnnxTask = { task: 'binary', classes: ['no', 'yes'] };
const three: OnnxTask = { task: 'multiclass', classes: ['a', 'b', 'c'] };

describe('the output that predictions are read from', () => {
  test.each([
    [regression, [value('y', 'float', [undefined, 1])], 'y', 1],
    [regression, [value('extra', 'int64'), value('variable', 'double', [undefined])], 'variable', 1],
    [binary, [value('label', 'int64'), value('probabilities', 'float', [undefined, 2])], 'probabilities', 2],
    [binary, [value('p', 'float', [undefined, 1])], 'p', 1],
    [binary, [value('p', 'float', [undefined])], 'p', 1],
    [three, [value('label', 'string', [undefined]), value('p', 'float', [undefined, 3])], 'p', 3],
    // A shape that the file leaves open is seen when the model runs.
    [
      three,
      [value('scores', 'float', [undefined, 5]), value('output_probability', 'float')],
      'output_probability',
      3,
    ],
  ] as const)('of %o is found: %#', (task, outputs, name, width) => {
    expect(chooseOutput(outputs, task)).toEqual({ name, width });
  });

  test.each([
    [regression, [], /^model\.onnx: the model has no outputs$/],
    [
      regression,
      [value('label', 'int64', [undefined])],
      /its output label gives int64 \[N\], and a regression needs one number a row: float or double, \[N, 1\] or \[N\]$/,
    ],
    [
      regression,
      [value('variable', 'float', [undefined, 4])],
      /gives float \[N, 4\], and a regression needs one/,
    ],
    [
      three,
      [value('label', 'string'), value('output_probability', 'sequence')],
      /its probabilities are a sequence of maps \(ZipMap\), and a tensor is needed: convert with zipmap=False/,
    ],
    [
      three,
      [value('probabilities', 'float', [undefined, 2])],
      /its output probabilities gives float \[N, 2\], and there are 3 classes: a, b, c$/,
    ],
    [
      three,
      [value('label', 'string', [undefined])],
      /none of its outputs can be probabilities of 3 classes, float or double \[N, 3\]; they are: label string \[N\]$/,
    ],
    [
      three,
      [value('p', 'float', [undefined, 3]), value('q', 'float', [undefined, 3])],
      /p and q could both be the probabilities: call the right one "probabilities"$/,
    ],
  ] as const)('of %o is missed in words: %#', (task, outputs, message) => {
    expect(() => chooseOutput(outputs, task)).toThrow(IntegrityError);
    expect(() => chooseOutput(outputs, task)).toThrow(message);
  });
});

describe('what a model answered', () => {
  test('of a binary task is the second class’s probability, however it is given', () => {
    const rows = { task: 'binary' as const, rows: 2, first: 0 };
    const expected = Float64Array.of(0.25, 1);
    expect(readOutput([0.75, 0.25, 0, 1], { name: 'p', width: 2 }, rows)).toEqual(expected);
    expect(readOutput([0.25, 1], { name: 'p', width: 1 }, rows)).toEqual(expected);
  });

  test('must be one for each row', () => {
    expect(() => readOutput([1], { name: 'y', width: 1 }, { task: 'regression', rows: 3, first: 0 })).toThrow(
      /its output y gave 1 numbers for 3 rows, and 3 are needed/,
    );
  });

  test('names the row of all that were predicted', () => {
    expect(() =>
      readOutput([0.5, 2], { name: 'p', width: 1 }, { task: 'binary', rows: 2, first: 8192 }),
    ).toThrow(/its output p for row 8193 is 2, which is no probability/);
  });
});
