import { quote } from '../../platform/errors.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { EvaluationWarning } from '../evaluation/evaluation-warning.ts';
import type { JudgedRows } from '../rows/judged-rows.ts';

/** Of fewer rows on either side a mean says little. */
const enoughRows = 10;

/**
 * A word on predicted labels that go against the probabilities beside them: where a class is predicted, its probability is
 * smaller on average than where it is not. Whatever threshold or costs a model decides by, it is larger. The columns of two
 * classes are then likely to be swapped, and metrics of labels and of probabilities say opposite things.
 */
export function contradictionWarnings(rows: JudgedRows): EvaluationWarning[] {
  if (rows.task === 'regression' || !rows.probabilities || rows.defect !== undefined) return [];
  const { classes, predicted, probabilities } = rows;
  for (const [code, label] of classes.entries()) {
    let [count, there, elsewhere] = [0, 0, 0];
    for (let row = 0; row < rows.count; row++) {
      const probability = probabilities[row * classes.length + code]!;
      if (predicted[row] === code) {
        count++;
        there += probability;
      } else elsewhere += probability;
    }
    if (count < enoughRows || rows.count - count < enoughRows) continue;
    const means = [there / count, elsewhere / (rows.count - count)] as const;
    if (means[0] >= means[1]) continue;
    const [own, other] = means.map((mean) => formatNumber(mean, { digits: 3 }));
    return [
      {
        kind: 'contradiction',
        message: `The predicted labels contradict the probabilities: where ${quote(label)} is predicted, its probability is ${own} on average, and ${other} where it is not. Are the columns p_… of two classes swapped, or are the rows of labels and probabilities not in the same order?`,
      },
    ];
  }
  return [];
}
