import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { columnOf, type Table, valueAt } from '../../dataset/table/table.ts';
import { likeliestClass } from '../../metrics/classification/probabilities.ts';
import { probabilityColumns, spelledAs } from '../../metrics/external/external-classes.ts';
import { externalProbabilities } from '../../metrics/external/external-probabilities.ts';
import { badCell, labelsOf, numbersOf } from '../../metrics/external/prediction-cells.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { LargeMap, LargeSet } from '../../platform/large-map.ts';
import { byCount, counted } from '../../text/counts.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import type { PredictedColumns } from '../predictor/predictor.ts';

/** What a table of predictions must cover. */
export interface PredictedRows {
  readonly schema: DatasetSchema;
  /** The column of the rows' names. */
  readonly idColumn: string;
  /** The rows to predict, in the order of the answer. */
  readonly names: readonly string[];
  /** What messages call those rows: `validation row`. */
  readonly called: string;
}

/**
 * A command's own predictions, in the order of the rows that it was to predict. Of a regression they are in the column
 * `predicted`; of classes, the probability of each is in `p_<class>` (of two, one is enough), and `predicted` may hold the
 * label; without it the most probable class is the predicted one.
 *
 * @throws ConfigurationError naming what is missing, unknown, there twice, or not a prediction.
 */
export function commandPredictions(table: Table, rows: PredictedRows): PredictedColumns {
  const places = placesOf(table, rows);
  const { schema } = rows;
  if (schema.task === 'regression') {
    const wanted = 'a finite number, as the task is regression';
    const values = numbersOf({ table }, 'predicted', { purpose: 'what was predicted', wanted });
    return { task: 'regression', predicted: Float64Array.from(places, (place) => values[place]!) };
  }
  const { classes = [], positive, task } = schema;
  const probabilities = probabilitiesOf(table, classes);
  const width = classes.length;
  const ordered = new Float64Array(places.length * width);
  for (const [row, place] of places.entries()) {
    ordered.set(probabilities.subarray(place * width, (place + 1) * width), row * width);
  }
  const codes = codesOf(table, classes);
  const predicted = Int32Array.from(
    places,
    (place, row) => codes?.[place] ?? likeliestClass(ordered, width, row),
  );
  return {
    task,
    classes,
    ...(positive === undefined ? {} : { positive }),
    predicted,
    probabilities: ordered,
  };
}

/** Where each row's prediction is in the table. */
function placesOf(table: Table, { idColumn, names, called }: PredictedRows): Uint32Array {
  const purpose = `the rows' ids, as they were handed over`;
  const given = labelsOf({ table }, idColumn, purpose);
  const places = new LargeMap<string, number>();
  const known = new LargeSet(names);
  const unknown: string[] = [];
  for (const [row, name] of given.entries()) {
    const first = places.get(name);
    if (first !== undefined) {
      throw new ConfigurationError(
        `the predictions have ${quote(name)} twice, in row ${first + 1} and row ${row + 1}: one prediction a row`,
      );
    }
    places.set(name, row);
    if (!known.has(name)) unknown.push(name);
  }
  const missing = names.filter((name) => !places.has(name));
  if (missing.length > 0) {
    const which = missing.length === names.length ? 'none' : `${names.length - missing.length}`;
    throw new ConfigurationError(
      `the predictions have ${which} of the ${counted(names.length, called)}: ${listNames(missing, 3)} ${byCount(missing.length, 'is', 'are')} missing${unknownWords(unknown)}; predict every row, and keep its ${idColumn}`,
    );
  }
  if (unknown.length > 0) {
    throw new ConfigurationError(
      `the predictions have ${byCount(unknown.length, 'a row', `${unknown.length} rows`)} too many${unknownWords(unknown)}; give those of each ${called} alone`,
    );
  }
  return Uint32Array.from(names, (name) => places.get(name)!);
}

function unknownWords(unknown: readonly string[]): string {
  if (unknown.length === 0) return '';
  return `, and ${listNames(unknown.map(quote), 3)} ${byCount(unknown.length, 'is the id of no such row', 'are the ids of no such rows')}`;
}

function probabilitiesOf(table: Table, classes: readonly string[]): Float64Array {
  const columnOfClass = probabilityColumns(table, new Set(classes));
  const strange = [...columnOfClass.keys()].find((label) => !classes.includes(label));
  if (strange !== undefined && !strange.startsWith('champion_')) {
    throw new ConfigurationError(
      `the predictions have the column ${quote(columnOfClass.get(strange))}, and the target has no class ${quote(strange)}; its classes are ${listNames(classes)}`,
    );
  }
  const probabilities = externalProbabilities({ table }, '', {
    labels: classes,
    probabilityColumn: (prefix, label) => columnOfClass.get(`${prefix}${label}`),
  });
  if (probabilities) return probabilities;
  throw new ConfigurationError(
    `the predictions have no probabilities: give a column p_<class> for each class${classes.length === 2 ? ', or for one of the two' : ''} (${listNames(
      classes.map((label) => quote(`p_${label}`)),
      5,
    )}); they have ${listNames([...table.columns.keys()])}`,
  );
}

function codesOf(table: Table, classes: readonly string[]): Int32Array | undefined {
  if (!table.columns.has('predicted')) return undefined;
  const known = new Set(classes);
  const column = columnOf(table, 'predicted');
  return Int32Array.from(labelsOf({ table }, 'predicted', 'what was predicted'), (label, row) => {
    const code = classes.indexOf(spelledAs(label, known));
    if (code >= 0) return code;
    const wanted = `one of the classes ${listNames(classes, 10)}${didYouMean(label, classes)}`;
    throw badCell('predicted', row, valueAt(column, row), { wanted });
  });
}
