// The rows that are judged: predictions beside what really was, counted and sorted once for many metrics.
import { ConfusionCounter } from './confusion.ts';
import type { ClassificationPredictions, Predictions, RegressionPredictions } from './predictions.ts';
import { type Ranking, rankRows } from './ranking.ts';
import { sizesOf, sortedDifferences } from './sorted-errors.ts';

interface Rows {
  readonly count: number;
  /** Why nothing can be measured: a prediction that is not a number. */
  readonly defect?: string;
}

/** Rows of a regression, ready to be weighted; what several metrics need is made once, when first asked for. */
export interface RegressionRows extends Rows, RegressionPredictions {
  /** Actual less predicted values, ascending. They are numbers. */
  sortedErrors(): Float64Array;
  /** The same without their signs. */
  sortedSizes(): Float64Array;
}

/** Rows of a classifier, ready to be weighted; what several metrics need is made once, when first asked for. */
export interface ClassifiedRows extends Rows, ClassificationPredictions {
  readonly confusion: Pick<ConfusionCounter, 'at'>;
  /** The rows by the probability of a class, ascending. Only where there are probabilities. */
  ranking(code: number): Ranking;
}

export type JudgedRows = RegressionRows | ClassifiedRows;

/**
 * Predictions made ready for metrics.
 *
 * @throws RangeError when the arrays differ in length.
 */
export function judgedRows(predictions: Predictions): JudgedRows {
  const count = predictions.actual.length;
  if (predictions.predicted.length !== count) {
    throw new RangeError(`${count} actual values and ${predictions.predicted.length} predicted ones`);
  }
  if (predictions.task === 'regression') {
    const wrong =
      defectOf(predictions.actual, 'actual value') ?? defectOf(predictions.predicted, 'predicted value');
    return {
      ...predictions,
      count,
      ...sortedOnce(predictions),
      ...(wrong === undefined ? {} : { defect: wrong }),
    };
  }
  return classifiedRows(predictions, count);
}

function sortedOnce({ actual, predicted }: RegressionPredictions) {
  let errors: Float64Array | undefined;
  let sizes: Float64Array | undefined;
  const sortedErrors = () => {
    errors ??= sortedDifferences(actual, predicted);
    return errors;
  };
  const sortedSizes = () => {
    sizes ??= sizesOf(sortedErrors());
    return sizes;
  };
  return { sortedErrors, sortedSizes };
}

function classifiedRows(predictions: ClassificationPredictions, count: number): ClassifiedRows {
  const { classes, actual, predicted, probabilities } = predictions;
  if (probabilities && probabilities.length !== count * classes.length) {
    throw new RangeError(
      `${count} rows of ${classes.length} classes and ${probabilities.length} probabilities`,
    );
  }
  const wrong = probabilities && defectOf(probabilities, 'probability', classes.length);
  const rankings = new Map<number, Ranking>();
  return {
    ...predictions,
    count,
    confusion: new ConfusionCounter(actual, predicted, classes.length),
    ranking(code) {
      const known = rankings.get(code);
      if (known) return known;
      const ranking = rankRows(predictions, code);
      rankings.set(code, ranking);
      return ranking;
    },
    ...(wrong === undefined ? {} : { defect: wrong }),
  };
}

function defectOf(values: Float64Array, what: string, width = 1): string | undefined {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return undefined;
  return `the ${what} of row ${Math.floor(at / width) + 1} is ${values[at]}, not a finite number`;
}
