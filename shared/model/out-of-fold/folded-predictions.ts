import { tableFromArrow, tableToArrow } from '../../dataset/arrow/arrow.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, type Table, tableOf } from '../../dataset/table/table.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { IntegrityError, quote } from '../../platform/errors.ts';
import { probabilityColumn } from '../predictor/stored-predictions.ts';

/** Rows with what models of folds said of them, and what really was. */
export interface FoldedPredictions {
  readonly ids: BigUint64Array;
  /** By row, the fold whose model predicted it, from 0. */
  readonly folds: Uint8Array;
  readonly predictions: Predictions;
}

/** The file of a model folder with what each fold's model says of the rows that it was trained on, fold by fold. */
export const foldTrainingFile = 'fold-training.arrow';

/** fold-training.arrow: the columns of {@link foldedTable} alone. */
export function writeFoldTraining(rows: FoldedPredictions): Uint8Array {
  return foldedTable(rows);
}

/** Reads what {@link writeFoldTraining} wrote. @throws IntegrityError that says what is damaged. */
export function readFoldTraining(
  bytes: Uint8Array,
  schema: DatasetSchema,
  name = foldTrainingFile,
): FoldedPredictions {
  const { ids, folds, predictions } = readFolded(bytes, schema, name);
  return { ids, folds, predictions };
}

/** As Arrow: `fold`, `actual`, `predicted`, of classes `p_<class>` for each, further columns, and the rows' ids. */
export function foldedTable(
  { ids, folds, predictions }: FoldedPredictions,
  more: readonly (readonly [string, Column])[] = [],
): Uint8Array {
  const columns: [string, Column][] = [['fold', { type: 'number', values: Float64Array.from(folds) }]];
  if (predictions.task === 'regression') {
    columns.push(['actual', { type: 'number', values: predictions.actual }]);
    columns.push(['predicted', { type: 'number', values: predictions.predicted }]);
  } else {
    const { classes: dictionary, actual, predicted, probabilities } = predictions;
    columns.push(['actual', { type: 'category', codes: actual, dictionary }]);
    columns.push(['predicted', { type: 'category', codes: predicted, dictionary }]);
    for (const [k, label] of probabilities ? dictionary.entries() : []) {
      const values = Float64Array.from(ids, (_, row) => probabilities![row * dictionary.length + k]!);
      columns.push([probabilityColumn(label), { type: 'number', values }]);
    }
  }
  return tableToArrow(tableOf([...columns, ...more]), ids);
}

/** Reads what {@link foldedTable} wrote. @throws IntegrityError that names the file and what is wrong with it. */
export function readFolded(
  bytes: Uint8Array,
  schema: DatasetSchema,
  name: string,
): FoldedPredictions & { readonly table: Table } {
  const { table, ids } = tableFromArrow(bytes, name);
  if (!ids) throw new IntegrityError(`${name}: it has no ids of rows`);
  const read = columnsOf(table, name);
  const folds = read.numbers('fold');
  const strange = folds.find((fold) => !Number.isInteger(fold) || fold < 0 || fold > 254);
  if (strange !== undefined) {
    throw new IntegrityError(`${name}: a row is in fold ${strange}; folds are whole numbers from 0 to 254`);
  }
  return { table, ids, folds: Uint8Array.from(folds), predictions: predictionsOf(read, schema, ids.length) };
}

function predictionsOf(read: Reader, schema: DatasetSchema, rows: number): Predictions {
  const { task, classes = [], positive } = schema;
  if (task === 'regression') {
    return { task, actual: read.finite('actual'), predicted: read.finite('predicted') };
  }
  const chances = classes.map((label) => read.finite(probabilityColumn(label)));
  const probabilities = new Float64Array(rows * classes.length);
  for (const [k, values] of chances.entries()) {
    for (let row = 0; row < rows; row++) probabilities[row * classes.length + k] = values[row]!;
  }
  return {
    ...{ task, classes, probabilities },
    ...(positive === undefined ? {} : { positive }),
    actual: read.codes('actual', classes),
    predicted: read.codes('predicted', classes),
  };
}

interface Reader {
  numbers(column: string): Float64Array;
  /** @throws IntegrityError where one is missing. */
  finite(column: string): Float64Array;
  codes(column: string, classes: readonly string[]): Int32Array;
}

function columnsOf({ columns }: Table, name: string): Reader {
  const numbers = (called: string): Float64Array => {
    const column = columns.get(called);
    if (column?.type === 'number') return column.values;
    throw new IntegrityError(`${name}: it has no column ${called} of numbers`);
  };
  const missing = (called: string, row: number) =>
    new IntegrityError(`${name}: row ${row + 1} has no value in ${called}`);
  return {
    numbers,
    finite(called) {
      const values = numbers(called);
      const hole = values.findIndex((value) => !Number.isFinite(value));
      if (hole >= 0) throw missing(called, hole);
      return values;
    },
    codes(called, classes) {
      const column = columns.get(called);
      if (column?.type !== 'category') {
        throw new IntegrityError(`${name}: it has no column ${called} of labels`);
      }
      const known = column.dictionary.map((label) => classes.indexOf(label));
      return Int32Array.from(column.codes, (code, row) => {
        if (code < 0) throw missing(called, row);
        if (known[code]! >= 0) return known[code]!;
        throw new IntegrityError(
          `${name}: row ${row + 1} has ${quote(column.dictionary[code])} in ${called}, which is none of the model's classes`,
        );
      });
    },
  };
}
