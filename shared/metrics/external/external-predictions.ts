// Predictions that another framework made, read from a table.

import { type Column, columnLength, type Table, takeRows, valueAt } from '../../dataset/table/table.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { LargeSet } from '../../platform/large-map.ts';
import { likeliestClass } from '../classification/probabilities.ts';
import type { Task } from '../descriptors/descriptor.ts';
import type { ChampionInput } from '../intervals/champion-comparison.ts';
import type { Predictions } from '../rows/predictions.ts';
import type { SliceColumn } from '../slices/slice-groups.ts';
import {
  type DeclaredPositive,
  type ExternalClasses,
  externalClasses,
  isProbabilityColumn,
} from './external-classes.ts';
import { externalProbabilities } from './external-probabilities.ts';
import { checkLabels, labelCodes, numbersOf, type PredictionRows } from './prediction-cells.ts';

/** What a table of predictions holds. */
export interface ExternalPredictions {
  readonly predictions: Predictions;
  readonly champion?: ChampionInput;
  /** The columns that are neither predictions nor truth, those apart that only name rows. */
  readonly slices: SliceColumn[];
}

/**
 * Reads predictions that any framework made.
 *
 * `actual` holds what really was; `predicted` what was predicted. Of classes, `p_<class>` columns hold probabilities
 * (of a binary task one is enough), and without `predicted` the most probable class is the predicted one. Labels are
 * sorted by code unit. The positive class of a binary task is the declared one, else that of a single `p_<class>` column,
 * else the yes of a known pair, else the rarer one.
 * `champion_predicted` and `champion_p_<class>` are another model's answers; rows without one are left out of the
 * comparison. Other columns are slices, except texts when more than half of them are different.
 *
 * @throws ConfigurationError naming the column, row and value.
 */
export function predictionsOfTable(
  table: Table,
  task: Task,
  positive?: DeclaredPositive,
): ExternalPredictions {
  if (table.rows === 0) throw new ConfigurationError('the predictions have no rows');
  const reader = readerOf(table, task, positive);
  const used = (name: string) =>
    ['actual', 'predicted', 'champion_predicted'].includes(name) ||
    (task !== 'regression' && isProbabilityColumn(name));
  const slices = [...table.columns]
    .filter(([name, column]) => !used(name) && !namesRows(column))
    .map(([name, column]) => ({ name, column }));
  const champion = readChampion(table, used, reader);
  return { predictions: reader({ table }, ''), slices, ...(champion ? { champion } : {}) };
}

/** Reads one model's predictions: those of the columns with a prefix. */
type Reader = (rows: PredictionRows, prefix: string) => Predictions;

const truth = 'what really was';

function readerOf(table: Table, task: Task, positive: DeclaredPositive | undefined): Reader {
  if (task === 'regression') return readNumbers;
  // The labels without gaps first, so that a missing one is not mistaken for a class less.
  checkLabels({ table }, 'actual', truth);
  const classes = externalClasses(table, task, positive);
  return (rows, prefix) => readClasses(rows, prefix, task, classes);
}

function readNumbers(rows: PredictionRows, prefix: string): Predictions {
  const wanted = 'a finite number, as the task is regression';
  return {
    task: 'regression',
    actual: numbersOf(rows, 'actual', { purpose: truth, wanted }),
    predicted: numbersOf(rows, `${prefix}predicted`, { purpose: 'what was predicted', wanted }),
  };
}

function readClasses(
  rows: PredictionRows,
  prefix: string,
  task: 'binary' | 'multiclass',
  classes: ExternalClasses,
): Predictions {
  const { labels } = classes;
  const codes = new Map(labels.map((label, code) => [label, code]));
  const codesOf = (name: string, purpose: string) => labelCodes(rows, name, { purpose, codes });
  const probabilities = externalProbabilities(rows, prefix, classes);
  const actual = codesOf('actual', truth);
  const name = `${prefix}predicted`;
  const predicted =
    probabilities && !rows.table.columns.has(name)
      ? actual.map((_, row) => likeliestClass(probabilities, labels.length, row))
      : codesOf(name, `what was predicted; ${prefix}p_<class> columns will do`);
  return {
    task,
    classes: labels,
    ...(classes.positive === undefined ? {} : { positive: classes.positive }),
    actual,
    predicted,
    ...(probabilities ? { probabilities } : {}),
  };
}

/** The champion's predictions, of the rows for which it has any. */
function readChampion(
  table: Table,
  used: (name: string) => boolean,
  read: Reader,
): ChampionInput | undefined {
  const columns = [...table.columns].filter(([name]) => name.startsWith('champion_') && used(name));
  if (columns.length === 0) return undefined;
  const answered = Uint32Array.from(
    Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
      columns.some(([, column]) => valueAt(column, row) !== null),
    ),
  );
  const name = 'champion';
  if (answered.length === table.rows) return { name, predictions: read({ table }, 'champion_') };
  if (answered.length === 0) return { name, reason: 'its columns are empty' };
  return {
    name,
    rows: answered,
    predictions: read({ table: takeRows(table, answered), places: answered }, 'champion_'),
  };
}

/** Texts that name rows rather than group them: nearly as many as there are rows. */
function namesRows(column: Column): boolean {
  if (column.type !== 'category') return false;
  const different = new LargeSet(column.codes);
  return different.size > 20 && different.size > columnLength(column) / 2;
}
