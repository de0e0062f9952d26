import type { Task } from '../config/train-section.ts';
import { didYouMean, listNames } from '../dataset/nearest-name.ts';
import { type Column, columnLength, type Table, valueAt } from '../dataset/table.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import type { ChampionInput } from './champion-comparison.ts';
import type { ClassificationPredictions, Predictions } from './predictions.ts';
import type { SliceColumn } from './slice-groups.ts';

/** Probabilities of a row may miss 1 by this much: what rounding to six digits leaves. */
const sumTolerance = 1e-4;

/** What a table of predictions holds. */
export interface ExternalPredictions {
  readonly predictions: Predictions;
  readonly champion?: ChampionInput;
  /** The columns that are neither predictions nor truth. */
  readonly slices: SliceColumn[];
}

/**
 * Reads predictions that any framework made: `actual`, and `predicted` or, for classes, `p_<class>` (of a binary task
 * one of the two is enough: the other is what is left to 1). `champion_predicted` and `champion_p_<class>` are another
 * model's on the same rows. Other columns are slices. Labels are sorted; of a binary task the second is the positive
 * class. Without `predicted` the most probable class is.
 *
 * @throws ConfigurationError naming the column, row and value.
 */
export function predictionsOfTable(table: Table, task: Task): ExternalPredictions {
  if (table.rows === 0) throw new ConfigurationError('the table of predictions has no rows');
  const used = new Set(['actual', 'predicted', 'champion_predicted']);
  for (const name of table.columns.keys()) if (/^(champion_)?p_./.test(name)) used.add(name);
  const slices = [...table.columns]
    .filter(([name]) => !used.has(name))
    .map(([name, column]) => ({ name, column }));
  const hasChampion = [...table.columns.keys()].some(
    (name) => name.startsWith('champion_p') && used.has(name),
  );
  const read =
    task === 'regression' ? (prefix: string) => readNumbers(table, prefix) : classReader(table, task);
  const predictions = read('');
  return {
    predictions,
    slices,
    ...(hasChampion ? { champion: { name: 'champion', predictions: read('champion_') } } : {}),
  };
}

function required(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column) return column;
  const names = [...table.columns.keys()];
  throw new ConfigurationError(
    `the table of predictions has no column ${quote(name)}${didYouMean(name, names)}; it has ${listNames(names)}`,
  );
}

function readNumbers(table: Table, prefix: string): Predictions {
  return {
    task: 'regression',
    actual: numbersOf(required(table, 'actual'), 'actual'),
    predicted: numbersOf(required(table, `${prefix}predicted`), `${prefix}predicted`),
  };
}

function numbersOf(column: Column, name: string): Float64Array {
  if (column.type === 'number') {
    const bad = column.values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) return column.values;
    throw badCell(
      name,
      bad,
      Number.isNaN(column.values[bad]) ? null : String(column.values[bad]),
      'a finite number',
    );
  }
  const row = Array.from({ length: columnLength(column) }, (_, i) => i).find((i) => {
    const value = valueAt(column, i);
    return typeof value !== 'string' || value.trim() === '' || Number.isNaN(Number(value));
  });
  throw badCell(name, row ?? 0, valueAt(column, row ?? 0), 'a number (of the task regression)');
}

function badCell(name: string, row: number, value: unknown, wanted: string): ConfigurationError {
  const found = value === null ? 'is missing' : `is ${quote(value)}`;
  return new ConfigurationError(`predictions, row ${row + 1}: ${name} ${found}; it must be ${wanted}`);
}

function labelsOf(column: Column, name: string): string[] {
  return Array.from({ length: columnLength(column) }, (_, row) => {
    const value = valueAt(column, row);
    if (value === null) throw badCell(name, row, null, 'a label');
    return String(value);
  });
}

function classReader(table: Table, task: 'binary' | 'multiclass'): (prefix: string) => Predictions {
  const actualLabels = labelsOf(required(table, 'actual'), 'actual');
  const classes = classesOf(table, task, actualLabels);
  const codes = new Map(classes.map((label, code) => [label, code]));
  const actual = Int32Array.from(actualLabels, (label) => codes.get(label)!);
  return (prefix): ClassificationPredictions => {
    const probabilities = readProbabilities(table, prefix, classes);
    const column = table.columns.get(`${prefix}predicted`);
    if (!column && !probabilities) {
      throw new ConfigurationError(
        `the table of predictions has neither ${prefix}predicted nor ${prefix}p_<class> columns; it has ${listNames([...table.columns.keys()])}`,
      );
    }
    const predicted = column
      ? Int32Array.from(labelsOf(column, `${prefix}predicted`), (label) => codes.get(label)!)
      : mostProbable(probabilities!, classes.length, actual.length);
    return { task, classes, actual, predicted, ...(probabilities ? { probabilities } : {}) };
  };
}

function classesOf(table: Table, task: Task, actual: readonly string[]): string[] {
  const labels = new Set(actual);
  for (const name of ['predicted', 'champion_predicted']) {
    const column = table.columns.get(name);
    if (column) for (const label of labelsOf(column, name)) labels.add(label);
  }
  for (const name of table.columns.keys()) {
    const match = /^(?:champion_)?p_(.+)$/.exec(name);
    if (match) labels.add(match[1]!);
  }
  const classes = [...labels].sort();
  if (task === 'binary' && classes.length !== 2) {
    throw new ConfigurationError(
      `the predictions have ${classes.length} ${classes.length === 1 ? 'label' : 'labels'} (${listNames(classes, 8)}); the task binary needs exactly two${classes.length === 1 ? ': name the other by a column p_<class>' : '. Is it multiclass?'}`,
    );
  }
  return classes;
}

function readProbabilities(
  table: Table,
  prefix: string,
  classes: readonly string[],
): Float64Array | undefined {
  const columns = classes.map((label) => table.columns.get(`${prefix}p_${label}`));
  const given = columns.filter((column) => column !== undefined).length;
  if (given === 0) return undefined;
  const missing = classes.filter((_, k) => !columns[k]);
  if (missing.length > 0 && !(classes.length === 2 && given === 1)) {
    throw new ConfigurationError(
      `the table of predictions lacks ${missing.map((label) => quote(`${prefix}p_${label}`)).join(', ')}: a probability for every class, or for none`,
    );
  }
  const values = columns.map((column, k) => column && numbersOf(column, `${prefix}p_${classes[k]}`));
  const probabilities = new Float64Array(table.rows * classes.length);
  for (let row = 0; row < table.rows; row++) {
    let sum = 0;
    for (let k = 0; k < classes.length; k++) {
      const value = values[k]?.[row] ?? 1 - values[1 - k]![row]!;
      if (!(value >= 0 && value <= 1))
        throw badCell(`${prefix}p_${classes[k]}`, row, value, 'a probability from 0 to 1');
      probabilities[row * classes.length + k] = value;
      sum += value;
    }
    if (Math.abs(sum - 1) > sumTolerance) {
      throw new ConfigurationError(
        `predictions, row ${row + 1}: the probabilities ${prefix}p_… add up to ${Number(sum.toPrecision(6))}; they must add up to 1`,
      );
    }
  }
  return probabilities;
}

function mostProbable(probabilities: Float64Array, classes: number, rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}
