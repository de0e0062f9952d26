// Predictions alone, of a model that is elsewhere: kept by row, to be judged.

import { tableFromArrow, tableToArrow } from '../../dataset/arrow/arrow.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { type Column, tableOf } from '../../dataset/table/table.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { LargeMap } from '../../platform/large-map.ts';
import type { PredictedColumns, Predictor } from './predictions.ts';

/** The file of a model that is predictions alone. */
export interface StoredPredictions {
  /** predictions.arrow */
  readonly predictions: Uint8Array;
}

/** What a model elsewhere said of some rows. */
export interface PredictedRows {
  readonly ids: BigUint64Array;
  readonly predicted: PredictedColumns;
}

/** The stored column of a class's probabilities. */
export const probabilityColumn = (label: string): string => `p_${label}`;

/** predictions.arrow: `predicted`, of classes `p_<class>` for each, and the rows' ids. The same predictions give the same bytes. */
export function formatStoredPredictions({ ids, predicted }: PredictedRows): Uint8Array {
  if (predicted.task === 'regression') {
    return tableToArrow(tableOf([['predicted', { type: 'number', values: predicted.predicted }]]), ids);
  }
  const { classes, probabilities } = predicted;
  const columns = new Map<string, Column>([
    ['predicted', { type: 'category', codes: predicted.predicted, dictionary: classes }],
  ]);
  for (const [k, label] of classes.entries()) {
    const values = Float64Array.from(ids, (_, row) => probabilities[row * classes.length + k]!);
    columns.set(probabilityColumn(label), { type: 'number', values });
  }
  return tableToArrow(tableOf(columns), ids);
}

/** Predictions to look up by row. */
export interface PredictionLookup {
  /** @throws ConfigurationError when there is none for a row. */
  of(ids: BigUint64Array): PredictedColumns;
}

/** Reads what {@link formatStoredPredictions} wrote. @throws IntegrityError when it does not fit the schema. */
export function parseStoredPredictions(
  { predictions }: StoredPredictions,
  { task, classes = [], positive }: DatasetSchema,
): PredictionLookup {
  const { table, ids } = tableFromArrow(predictions, 'predictions.arrow');
  if (!ids) throw new IntegrityError('predictions.arrow: it has no ids of rows');
  const places = new LargeMap<bigint, number>();
  for (let place = 0; place < ids.length; place++) places.set(ids[place]!, place);
  const placesOf = (wanted: BigUint64Array): number[] =>
    Array.from(wanted, (id) => {
      const place = places.get(id);
      if (place !== undefined) return place;
      throw new ConfigurationError(
        'the model is predictions alone, and has none for some of these rows: it can be judged on the rows of its own dataset, nothing else',
      );
    });
  const numbersOf = (name: string): Float64Array => {
    const column = table.columns.get(name);
    if (column?.type === 'number') return column.values;
    throw new IntegrityError(`predictions.arrow: it has no numbers ${name}`);
  };
  if (task === 'regression') {
    const values = numbersOf('predicted');
    return {
      of: (wanted) => ({ task, predicted: Float64Array.from(placesOf(wanted), (at) => values[at]!) }),
    };
  }
  const labels = table.columns.get('predicted');
  if (labels?.type !== 'category') throw new IntegrityError('predictions.arrow: it has no labels predicted');
  const codes = Int32Array.from(labels.dictionary, (label) => classes.indexOf(label));
  const chances = classes.map((label) => numbersOf(probabilityColumn(label)));
  return {
    of(wanted) {
      const at = placesOf(wanted);
      const probabilities = new Float64Array(at.length * classes.length);
      for (const [row, place] of at.entries()) {
        for (const [k, values] of chances.entries()) probabilities[row * classes.length + k] = values[place]!;
      }
      return {
        task,
        classes,
        ...(positive === undefined ? {} : { positive }),
        predicted: Int32Array.from(at, (place) => codes[labels.codes[place]!]!),
        probabilities,
      };
    },
  };
}

/** What stands in for a predictor where there is none. */
export const noPredictor: Predictor = { predictTable: refuse, predictRecord: refuse };

function refuse(): never {
  throw new ConfigurationError(
    'the model is predictions alone: it can be judged by ciclo validate, and predicts no other rows; let the command write model.onnx for that',
  );
}
