import { describe, expect, it } from 'vitest';
import { positiveClass } from '../../dataset/schema/positive-class.ts';
import { type Column, tableOf } from '../../dataset/table/table.ts';
import type { DeclaredPositive } from './external-classes.ts';
import { predictionsOfTable } from './external-predictions.ts';

/** A column of the type that a file with these values is read as. */
function columnOf(values: readonly (number | string | boolean | null)[]): Column {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size === 1 && kinds.has('number')) {
    return {
      type: 'number',
      values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    };
  }
  if (kinds.size === 1 && kinds.has('boolean')) {
    return {
      type: 'boolean',
      values: Int8Array.from(values, (value) => (value === null ? -1 : Number(value))),
    };
  }
  const dictionary = [...new Set(values.filter((value) => value !== null).map(String))];
  return {
    type: 'category',
    dictionary,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(String(value)))),
  };
}

function read(
  task: 'regression' | 'binary' | 'multiclass',
  columns: Record<string, Parameters<typeof columnOf>[0]>,
  positive?: DeclaredPositive,
) {
  return predictionsOfTable(
    tableOf(Object.entries(columns).map(([name, values]) => [name, columnOf(values)])),
    task,
    positive,
  );
}

const labels = { actual: ['no', 'yes', 'yes'], predicted: ['no', 'yes', 'no'] };

describe('predictions of numbers', () => {
  it('are actual and predicted, other columns being slices', () => {
    const { predictions, slices, champion } = read('regression', {
      actual: [1, 2],
      predicted: [1.5, 2.5],
      origin: ['USA', 'Japan'],
      p_value: [0.1, 0.2],
    });
    expect(predictions).toEqual({
      task: 'regression',
      actual: Float64Array.of(1, 2),
      predicted: Float64Array.of(1.5, 2.5),
    });
    expect(slices.map(({ name }) => name)).toEqual(['origin', 'p_value']);
    expect(champion).toBeUndefined();
  });

  it('have a champion on the rows that it answered', () => {
    const { champion } = read('regression', {
      actual: [1, 2, 3],
      predicted: [1, 2, 3],
      champion_predicted: [1.5, null, 3.5],
    });
    expect(champion).toEqual({
      name: 'champion',
      rows: Uint32Array.of(0, 2),
      predictions: {
        task: 'regression',
        actual: Float64Array.of(1, 3),
        predicted: Float64Array.of(1.5, 3.5),
      },
    });
    const whole = read('regression', { actual: [1], predicted: [1], champion_predicted: [2] });
    expect(whole.champion).not.toHaveProperty('rows');
    const empty = read('regression', { actual: [1], predicted: [1], champion_predicted: [null] });
    expect(empty.champion).toEqual({ name: 'champion', reason: 'its columns are empty' });
  });

  it('leave out texts that only name rows', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `row ${i}`);
    const few = ids.map((_, i) => `group ${i % 25}`);
    const numbers = ids.map((_, i) => i);
    const { slices } = read('regression', { actual: numbers, predicted: numbers, id: ids, group: few });
    expect(slices.map(({ name }) => name)).toEqual(['group']);
  });
});

describe('predictions of classes', () => {
  it('sort the labels; the yes of a known pair is the positive one', () => {
    const { predictions } = read('binary', { actual: ['yes', 'no'], predicted: ['no', 'no'] });
    expect(predictions).toEqual({
      task: 'binary',
      classes: ['no', 'yes'],
      positive: 'yes',
      actual: Int32Array.of(1, 0),
      predicted: Int32Array.of(0, 0),
    });
  });

  it('are about the declared class, else the one whose probability is given, else the rarer one', () => {
    const actual = ['ok', 'ok', 'fraud'];
    const positive = (given: Record<string, readonly number[]>, declared?: string) => {
      const asked = declared === undefined ? undefined : { label: declared, where: '--positive' };
      return positiveClass(read('binary', { actual, predicted: actual, ...given }, asked).predictions);
    };
    expect(positive({ p_fraud: [0.1, 0.2, 0.9] })).toBe('fraud');
    expect(positive({ p_ok: [0.9, 0.8, 0.1] })).toBe('ok');
    expect(positive({ p_ok: [0.9, 0.8, 0.1] }, 'fraud')).toBe('fraud');
    expect(positive({ p_ok: [0.9, 0.8, 0.1], p_fraud: [0.1, 0.2, 0.9] })).toBe('fraud');
    expect(positive({})).toBe('fraud');
    expect(() => positive({}, 'fruad')).toThrow(
      '--positive: "fruad" is none of the labels; did you mean fraud?',
    );
  });

  it('need one probability of the two of a binary task', () => {
    const { predictions } = read('binary', { ...labels, p_yes: [0.25, 0.75, 0.5] });
    expect(predictions).toMatchObject({ probabilities: Float64Array.of(0.75, 0.25, 0.25, 0.75, 0.5, 0.5) });
    const other = read('binary', { ...labels, p_no: [0.25, 0.75, 0.5] });
    expect(other.predictions).toMatchObject({
      probabilities: Float64Array.of(0.25, 0.75, 0.75, 0.25, 0.5, 0.5),
    });
  });

  it('are the most probable class where no class is given, of equals the first', () => {
    const { predictions } = read('multiclass', {
      actual: ['a', 'b', 'c'],
      p_a: [0.2, 0.4, 0.1],
      p_b: [0.5, 0.4, 0.1],
      p_c: [0.3, 0.2, 0.8],
    });
    expect([...predictions.predicted]).toEqual([1, 0, 2]);
  });

  it.each([
    ['numbers', [0, 1, 1], ['0', '1'], 'p_1.0'],
    ['truth values', [false, true, true], ['false', 'true'], 'p_True'],
  ] as const)('may be %s', (_kind, actual, classes, heading) => {
    const { predictions } = read('binary', { actual, [heading]: [0.1, 0.8, 0.9] });
    expect(predictions).toMatchObject({
      classes,
      actual: Int32Array.of(0, 1, 1),
      predicted: Int32Array.of(0, 1, 1),
    });
  });

  it('may know a class that no row has', () => {
    const { predictions } = read('multiclass', {
      actual: ['a', 'b'],
      p_a: [1, 0],
      p_b: [0, 0.5],
      p_other: [0, 0.5],
    });
    expect(predictions).toMatchObject({ classes: ['a', 'b', 'other'] });
  });

  it('have a champion with the same labels', () => {
    const { champion } = read('binary', {
      ...labels,
      champion_p_yes: [0.1, 0.2, 0.9],
      p_yes: [0.2, 0.6, 0.4],
    });
    expect(champion).toMatchObject({
      predictions: { classes: ['no', 'yes'], predicted: Int32Array.of(0, 0, 1) },
    });
  });
});

describe('a mistake in the predictions names the column, the row and the value', () => {
  it.each([
    ['regression', {}, 'the predictions have no rows'],
    [
      'regression',
      { actuals: [1], predicted: [1] },
      'the predictions have no column "actual" (what really was); did you mean actuals?; they have actuals, predicted',
    ],
    [
      'binary',
      { actual: ['no', 'yes'] },
      'the predictions have no column "predicted" (what was predicted; p_<class> columns will do); they have actual',
    ],
    [
      'regression',
      { actual: [1, 2], predicted: [1, null] },
      'predictions, row 2: predicted is missing; it must be a finite number, as the task is regression',
    ],
    [
      'regression',
      { actual: ['1', 'two'], predicted: [1, 2] },
      'predictions, row 2: actual is "two"; it must be a finite number, as the task is regression',
    ],
    [
      'binary',
      { ...labels, actual: ['no', null, 'yes'] },
      'predictions, row 2: actual is missing; it must be a label',
    ],
    [
      'binary',
      { ...labels, p_yes: [0.1, 85, 0.5] },
      'predictions, row 2: p_yes is 85; it must be a probability from 0 to 1 (a percentage is divided by 100)',
    ],
    [
      'binary',
      { ...labels, p_yes: [0.1, -0.5, 0.5] },
      'predictions, row 2: p_yes is -0.5; it must be a probability from 0 to 1',
    ],
    [
      'binary',
      { ...labels, p_yes: [0.1, null, 0.5] },
      'predictions, row 2: p_yes is missing; it must be a probability from 0 to 1',
    ],
    [
      'binary',
      { ...labels, p_yes: [0.1, 0.5, 0.5], p_no: [0.9, 0.5, 0.4] },
      'predictions, row 3: the probabilities p_… add up to 0.9; those of all classes must add up to 1',
    ],
    [
      'binary',
      { ...labels, p_yess: [0.1, 0.5, 0.5] },
      'the predictions have the column "p_yess", but no row has the label "yess"; did you mean p_yes?; the labels are no, yes',
    ],
    [
      'binary',
      { ...labels, actual: ['no', 'yes', 'maybe'] },
      'the predictions have 3 labels (maybe, no, yes), and the task binary needs two: is the task multiclass, or is one of them misspelt?',
    ],
    [
      'binary',
      { actual: ['no', 'no'], predicted: ['no', 'no'] },
      'the predictions have one label (no), and the task binary needs two: name the other in a column p_<class>',
    ],
    [
      'multiclass',
      { actual: ['a', 'b', 'c'], p_a: [1, 1, 1], p_b: [0, 0, 0] },
      'the predictions have no column "p_c": give the probability of every class, or of none',
    ],
    [
      'binary',
      { actual: [0, 1], p_1: [0, 1], 'p_1.0': [0, 1] },
      'the predictions have two columns for the probability of "1": p_1 and p_1.0; keep one',
    ],
    [
      'binary',
      {
        actual: ['no', 'yes', 'yes'],
        p_yes: [0.1, 0.9, 0.9],
        champion_p_yes: [null, 0.9, 0.9],
        champion_predicted: [null, 'yes', null],
      },
      'predictions, row 3: champion_predicted is missing; it must be a label',
    ],
  ] as const)('%s %j', (task, columns, message) => {
    expect(() => read(task, columns)).toThrow(message);
  });
});
