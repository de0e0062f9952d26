import { ConfigurationError, quote } from '../../platform/errors.ts';
import { listNames } from '../../text/nearest-name.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { ExternalClasses } from './external-classes.ts';
import { badCell, numbersOf, type PredictionRows, rowNumber } from './prediction-cells.ts';

/**
 * How far a row's probabilities may add up from 1, per class: twice what rounding to three decimals leaves. They are
 * used as they are, not scaled.
 */
const tolerancePerClass = 1e-3;

/**
 * The probabilities of a table of predictions, row-major rows × classes; of a binary task one column is enough, the
 * other class having what is left to 1.
 *
 * @param prefix `''` or `champion_`.
 * @returns undefined when there are none.
 * @throws ConfigurationError when a class has no column, or a probability cannot be one.
 */
export function externalProbabilities(
  rows: PredictionRows,
  prefix: string,
  { labels, probabilityColumn }: ExternalClasses,
): Float64Array | undefined {
  const names = labels.map((label) => probabilityColumn(prefix, label));
  if (names.every((name) => name === undefined)) return undefined;
  const missing = labels.filter((_, k) => names[k] === undefined);
  if (missing.length > 0 && labels.length > 2) {
    throw new ConfigurationError(
      `the predictions have no column ${listNames(missing.map((label) => quote(`${prefix}p_${label}`)))}: ` +
        'give the probability of every class, or of none',
    );
  }
  const purpose = 'probabilities of a class';
  const columns = names.map((name) =>
    name === undefined ? undefined : numbersOf(rows, name, { purpose, wanted: 'a probability from 0 to 1' }),
  );
  const width = labels.length;
  const probabilities = new Float64Array(rows.table.rows * width);
  for (let row = 0; row < rows.table.rows; row++) {
    for (const [k, column] of columns.entries()) {
      const value = column ? column[row]! : 1 - columns[1 - k]![row]!;
      if (!(value >= 0 && value <= 1)) throw notProbability(rows, names, columns, row);
      probabilities[row * width + k] = value;
    }
  }
  checkSums(rows, probabilities, width, prefix);
  return probabilities;
}

function notProbability(
  { places }: PredictionRows,
  names: readonly (string | undefined)[],
  columns: readonly (Float64Array | undefined)[],
  row: number,
): ConfigurationError {
  const k = columns.findIndex((column) => column && !(column[row]! >= 0 && column[row]! <= 1));
  const value = columns[k]![row]!;
  const percentage = value > 1 && value <= 100 ? ' (a percentage is divided by 100)' : '';
  return badCell(names[k]!, row, value, { wanted: `a probability from 0 to 1${percentage}`, places });
}

function checkSums(
  { places }: PredictionRows,
  probabilities: Float64Array,
  width: number,
  prefix: string,
): void {
  for (let start = 0; start < probabilities.length; start += width) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += probabilities[start + k]!;
    if (Math.abs(sum - 1) <= tolerancePerClass * width) continue;
    throw new ConfigurationError(
      `predictions, row ${rowNumber(start / width, places)}: the probabilities ${prefix}p_… add up to ` +
        `${formatNumber(sum, { digits: 6 })}; those of all classes must add up to 1`,
    );
  }
}
