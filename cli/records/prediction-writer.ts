import type { PredictedColumns } from '../../shared/model/predictor/predictor.ts';
import { csvCell } from '../../shared/text/csv-cell.ts';
import type { PredictionJson } from '../json/json-output.ts';
import type { PredictionFormat } from './record-format.ts';

/** Turns predictions into text, batch by batch. */
export interface PredictionWriter {
  begin(): string;
  batch(predictions: readonly PredictionJson[]): string;
  end(): string;
}

/**
 * A writer of one format.
 *
 * @param single JSON only: one object instead of an array.
 * @param classes the labels of a classifier, for the columns of CSV.
 */
export function predictionWriter(
  format: PredictionFormat,
  single: boolean,
  classes: readonly string[],
): PredictionWriter {
  if (format === 'csv') return csvWriter(classes);
  if (format === 'ndjson') {
    return {
      begin: () => '',
      batch: (predictions) => predictions.map((p) => `${JSON.stringify(p)}\n`).join(''),
      end: () => '',
    };
  }
  return single ? objectWriter() : arrayWriter();
}

function objectWriter(): PredictionWriter {
  return {
    begin: () => '',
    batch: ([prediction]) => `${JSON.stringify(prediction)}\n`,
    end: () => '',
  };
}

function arrayWriter(): PredictionWriter {
  let separator = '';
  return {
    begin: () => '[',
    batch(predictions) {
      const lines = predictions.map((prediction) => `\n  ${JSON.stringify(prediction)}`).join(',');
      const text = `${separator}${lines}`;
      separator = ',';
      return text;
    },
    end: () => (separator === '' ? ']\n' : '\n]\n'),
  };
}

/** `prediction`, then `p_<class>` for each class: what `validate --predictions` reads, but for the first name. */
function csvWriter(classes: readonly string[]): PredictionWriter {
  return {
    begin: () => `${['prediction', ...classes.map((label) => `p_${label}`)].map(csvCell).join(',')}\n`,
    batch: (predictions) => predictions.map((prediction) => `${csvLine(prediction, classes)}\n`).join(''),
    end: () => '',
  };
}

function csvLine(prediction: PredictionJson, classes: readonly string[]): string {
  if (prediction.prediction === null) return ','.repeat(classes.length) || '""';
  const value = csvCell(String(prediction.prediction));
  if (!('probabilities' in prediction)) return value;
  return [value, ...classes.map((label) => String(prediction.probabilities[label]))].join(',');
}

/** A batch's predictions as objects. */
export function predictionObjects(predicted: PredictedColumns): PredictionJson[] {
  if (predicted.task === 'regression') {
    return Array.from(predicted.predicted, (prediction) => ({ prediction }));
  }
  const { classes, probabilities } = predicted;
  return Array.from(predicted.predicted, (code, row) => ({
    prediction: classes[code]!,
    probabilities: Object.fromEntries(
      classes.map((label, k) => [label, probabilities[row * classes.length + k]!]),
    ),
  }));
}
