import { positiveClass, positiveCode } from '../../dataset/schema/positive-class.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import type { Evaluation } from './evaluation.ts';

/** Below this share of the rows that are positive, hardly any is predicted so. */
const hardly = 0.1;

/** What is to be known of an evaluation beside its verdict, in sentences. */
export function notesOf(evaluation: Evaluation): string[] {
  return [...rarelyPredicted(evaluation), ...dividedByZero(evaluation)];
}

/** A classifier that says the common class of nearly every row has a good accuracy and is of no use. */
function rarelyPredicted(evaluation: Evaluation): string[] {
  const { confusion, rows } = evaluation;
  const code = positiveCode(evaluation);
  if (code === undefined || !confusion) return [];
  const actual = confusion[code]!.reduce((sum, count) => sum + count, 0);
  const predicted = confusion.reduce((sum, row) => sum + row[code]!, 0);
  if (predicted >= actual * hardly) return [];
  const said = predicted === 0 ? 'No row' : `Hardly a row (${formatCount(predicted)})`;
  const label = JSON.stringify(positiveClass(evaluation));
  const { threshold = 0.5 } = evaluation.operatingPoint ?? {};
  const means = evaluation.thresholds
    ? `: a lower threshold than ${plainNumber(threshold)} finds more of them, as the scores by threshold show`
    : '';
  return [
    `${said} is predicted to be of the positive class ${label}, while ${formatCount(actual)} of ${counted(rows, 'row')} ${byCount(actual, 'is', 'are')}${means}.`,
  ];
}

/** Errors of a million times the target come of targets that are 0 or nearly so. */
const astronomical = 1e6;

/** An error as a share of nothing is scikit-learn's, and means nothing. */
function dividedByZero({ metrics, target }: Evaluation): string[] {
  const found = metrics.find(({ name }) => name === 'mape');
  if (!found || found.value === null || found.value < astronomical) return [];
  return [
    `mape means nothing here: it divides errors by ${target}, which is 0 or nearly so in some rows. smape stays bounded.`,
  ];
}
