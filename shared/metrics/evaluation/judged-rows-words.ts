import { counted, formatCount } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import { descriptorOfKey } from '../descriptors/metric-key.ts';
import type { Evaluation } from './evaluation.ts';

type Judged = Pick<Evaluation, 'rows' | 'model' | 'outOfFold'>;

/**
 * What a model was judged on: `43 unseen rows`; `398 rows, each predicted out-of-fold`. Of a file of
 * predictions nobody knows whether the model has seen the rows.
 */
export function judgedRowsWords({ rows, model, outOfFold }: Judged): string {
  if (outOfFold) return `${counted(rows, 'row')}, each predicted out-of-fold`;
  return counted(rows, model === undefined ? 'row' : 'unseen row');
}

/** What the rows are called that judge a model: those of the test split, or all, each predicted by its fold's model. */
export function testRowWord({
  outOfFold,
}: {
  readonly outOfFold?: Evaluation['outOfFold'] | undefined;
}): 'test row' | 'out-of-fold row' {
  return outOfFold ? 'out-of-fold row' : 'test row';
}

/** What figures of rows in folds mean, in sentences; none where rows were held out. */
export function outOfFoldNotes({
  outOfFold,
  rows,
  metrics,
  champion,
  gates,
}: Pick<Evaluation, 'outOfFold' | 'rows' | 'metrics' | 'champion' | 'gates'>): string[] {
  if (!outOfFold) return [];
  const { folds, factor, promised, inputsPerRow } = outOfFold;
  const ranked = metrics
    .filter(({ name }) => descriptorOfKey(name)?.interval === 'ranks')
    .map(({ name }) => name);
  const compares = champion?.comparable || gates.some(({ kind }) => kind !== 'min' && kind !== 'max');
  const longer = compares
    ? [
        promised
          ? `Intervals of differences are widened by a factor of ${plainNumber(factor)}, because the models of the folds share training rows.`
          : `The coverage of intervals of differences is not guaranteed: ${formatCount(Math.round(inputsPerRow * rows))} inputs are more than a quarter of ${formatCount(rows)} rows.`,
      ]
    : [];
  return [
    `Figures come from ${folds}-fold cross-validation: each row is predicted by a model trained on the other folds.`,
    ...(ranked.length === 0
      ? []
      : [
          `${ranked.join(' and ')} pool${ranked.length === 1 ? 's' : ''} the scores of all folds, which come from different models.`,
        ]),
    ...longer,
  ];
}
