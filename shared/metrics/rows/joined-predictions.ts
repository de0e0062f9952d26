import type { Predictions } from './predictions.ts';

/**
 * One model's predictions of some rows, followed by its predictions of others.
 *
 * @throws TypeError when the two are not of one task and the same classes, or only one has probabilities.
 */
export function joinPredictions(first: Predictions, second: Predictions): Predictions {
  const grouped = first.groups && second.groups ? { groups: [...first.groups, ...second.groups] } : {};
  if (first.task === 'regression' && second.task === 'regression') {
    return {
      task: 'regression',
      ...grouped,
      actual: joinNumbers(first.actual, second.actual),
      predicted: joinNumbers(first.predicted, second.predicted),
    };
  }
  if (first.task === 'regression' || first.task !== second.task) {
    throw new TypeError(`predictions of the tasks ${first.task} and ${second.task} cannot be joined`);
  }
  if (first.classes.join('\n') !== second.classes.join('\n')) {
    throw new TypeError(`predictions of ${first.classes} and of ${second.classes} cannot be joined`);
  }
  if (!first.probabilities !== !second.probabilities) {
    throw new TypeError('predictions with and without probabilities cannot be joined');
  }
  return {
    task: first.task,
    ...grouped,
    classes: first.classes,
    ...(first.positive === undefined ? {} : { positive: first.positive }),
    actual: joinCodes(first.actual, second.actual),
    predicted: joinCodes(first.predicted, second.predicted),
    ...(first.probabilities && second.probabilities
      ? { probabilities: joinNumbers(first.probabilities, second.probabilities) }
      : {}),
  };
}

function joinNumbers(first: Float64Array, second: Float64Array): Float64Array {
  const joined = new Float64Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

function joinCodes(first: Int32Array, second: Int32Array): Int32Array {
  const joined = new Int32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
