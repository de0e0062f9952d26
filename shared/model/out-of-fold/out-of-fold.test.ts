import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableFromArrow, tableToArrow } from '../../dataset/arrow/arrow.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, tableOf } from '../../dataset/table/table.ts';
import { categories, numbers } from '../../dataset/testing/dataset-builders.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { readFoldTraining, writeFoldTraining } from './folded-predictions.ts';
import { type OutOfFold, readOutOfFold, rowDigests, writeOutOfFold } from './out-of-fold.ts';

const schemaOf = (task: DatasetSchema['task'], classes?: string[]): DatasetSchema => ({
  version: 1,
  task,
  target: 'y',
  key: ['id'],
  ...(classes ? { classes } : {}),
  ...(task === 'binary' ? { positive: classes![1]! } : {}),
  columns: [
    { name: 'x', role: 'feature', type: 'number', nullable: false },
    { name: 'y', role: 'target', type: task === 'regression' ? 'number' : 'category', nullable: false },
    { name: 'id', role: 'ignored', type: 'category', nullable: false },
  ],
});

const arbitrary: fc.Arbitrary<{ schema: DatasetSchema; rows: OutOfFold }> = fc
  .record({
    task: fc.constantFrom('regression', 'binary', 'multiclass'),
    seeds: fc.array(
      fc.record({
        digest: fc.bigInt(0n, 2n ** 64n - 1n),
        fold: fc.nat(19),
        numbers: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
          minLength: 5,
          maxLength: 5,
        }),
        code: fc.nat(1),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ task, seeds }) => {
    const classes = task === 'binary' ? ['no', 'predicted'] : ['a', 'b', 'p_a'];
    const schema = schemaOf(task, task === 'regression' ? undefined : classes);
    const common = {
      ids: BigUint64Array.from(seeds, (_, i) => BigInt(i) * 3n),
      folds: Uint8Array.from(seeds, ({ fold }) => fold),
      digests: BigUint64Array.from(seeds, ({ digest }) => digest),
    };
    if (task === 'regression') {
      const of = (k: number) => Float64Array.from(seeds, (one) => one.numbers[k]!);
      return { schema, rows: { ...common, predictions: { task, actual: of(0), predicted: of(1) } } };
    }
    const codes = Int32Array.from(seeds, ({ code }) => code);
    const probabilities = Float64Array.from(seeds.flatMap((one) => one.numbers.slice(0, classes.length)));
    const positive = task === 'binary' ? { positive: classes[1]! } : {};
    const predictions = { task, classes, ...positive, actual: codes, predicted: codes, probabilities };
    return { schema, rows: { ...common, predictions } };
  });

describe('out-of-fold predictions', () => {
  it('are read as they were written, and equal ones are equal bytes', () => {
    fc.assert(
      fc.property(arbitrary, ({ schema, rows }) => {
        const bytes = writeOutOfFold(rows);
        expect(readOutOfFold(bytes, schema)).toEqual(rows);
        expect(writeOutOfFold(readOutOfFold(bytes, schema))).toEqual(bytes);
        const { digests: _, ...training } = rows;
        expect(readFoldTraining(writeFoldTraining(training), schema)).toEqual(training);
      }),
    );
  });

  it('digest the features and the target, not the key', () => {
    const table = (key: string, y: number) =>
      tableOf([
        ['id', categories([key])],
        ['x', numbers([1])],
        ['y', numbers([y])],
      ]);
    const schema = schemaOf('regression');
    expect(rowDigests(table('a', 2), schema)).toEqual(rowDigests(table('b', 2), schema));
    expect(rowDigests(table('a', 2), schema)).not.toEqual(rowDigests(table('a', 3), schema));
  });
});

describe('a damaged out-of-fold.arrow', () => {
  const schema = schemaOf('binary', ['no', 'yes']);
  const labels = (...values: (string | null)[]): Column => categories(values);
  const whole: Record<string, Column> = {
    fold: numbers([0, 1]),
    actual: labels('no', 'yes'),
    predicted: labels('no', 'yes'),
    p_no: numbers([0.9, 0.2]),
    p_yes: numbers([0.1, 0.8]),
    digest: labels('00000000000000ff', 'ffffffffffffffff'),
  };
  const bytesOf = (changes: Record<string, Column | undefined>, ids?: BigUint64Array) => {
    const columns = Object.entries({ ...whole, ...changes }).flatMap(([name, column]) =>
      column ? [[name, column] as const] : [],
    );
    return tableToArrow(tableOf(columns), ids);
  };
  const ids = BigUint64Array.of(1n, 2n);

  it('is none before the damage', () => {
    expect(readOutOfFold(bytesOf({}, ids), schema).digests).toEqual(BigUint64Array.of(255n, 2n ** 64n - 1n));
  });

  it.each([
    [{ fold: undefined }, 'out-of-fold.arrow: it has no column fold of numbers'],
    [
      { fold: numbers([0, 0.5]) },
      'out-of-fold.arrow: a row is in fold 0.5; folds are whole numbers from 0 to 254',
    ],
    [{ actual: numbers([1, 0]) }, 'out-of-fold.arrow: it has no column actual of labels'],
    [{ actual: labels('no', null) }, 'out-of-fold.arrow: row 2 has no value in actual'],
    [
      { predicted: labels('no', 'perhaps') },
      'out-of-fold.arrow: row 2 has "perhaps" in predicted, which is none of the model\'s classes',
    ],
    [{ p_yes: undefined }, 'out-of-fold.arrow: it has no column p_yes of numbers'],
    [{ p_yes: numbers([null, 1]) }, 'out-of-fold.arrow: row 1 has no value in p_yes'],
    [{ digest: undefined }, 'out-of-fold.arrow: it has no column digest of texts'],
    [
      { digest: labels('ff', 'ffffffffffffffff') },
      'out-of-fold.arrow: the digest "ff" is not of 16 hexadecimal digits',
    ],
    [{ digest: labels('ffffffffffffffff', null) }, 'out-of-fold.arrow: row 2 has no digest'],
  ])('%# is refused with words', (changes, message) => {
    const read = () => readOutOfFold(bytesOf(changes, ids), schema);
    expect(read).toThrow(IntegrityError);
    expect(read).toThrow(message);
  });

  it('without ids, or cut short, is refused with words', () => {
    expect(() => readOutOfFold(bytesOf({}), schema)).toThrow('out-of-fold.arrow: it has no ids of rows');
    const cut = bytesOf({}, ids).slice(0, 400);
    expect(() => readOutOfFold(cut, schema)).toThrow(/out-of-fold\.arrow is not a whole Arrow IPC file/);
    expect(tableFromArrow(bytesOf({}, ids), 'x').ids).toEqual(ids);
  });
});
