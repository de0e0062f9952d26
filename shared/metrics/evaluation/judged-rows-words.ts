import { counted, formatCount } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import { descriptorOfKey } from '../descriptors/metric-key.ts';
import type { Evaluation } from './evaluation.ts';

type Judged = Pick<Evaluation, 'rows' | 'model' | 'outOfFold'>;

/**
 * What a model was judged on: `43 unseen rows`; `398 rows, each predicted by a model that had not seen it`. Of a file of
 * predictions nobody knows whether the model has seen the rows.
 */
export function judgedRowsWords({ rows, model, outOfFold }: Judged): string {
  if (outOfFold) return `${counted(rows, 'row')}, each predicted by a model that had not seen it`;
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
          ? `Intervals of differences are ${plainNumber(factor)} times as long as the rows alone make them, since the folds’ models share rows.`
          : `Intervals of differences are not promised: ${plainNumber(Math.round(inputsPerRow * rows))} inputs are more than a quarter of ${formatCount(rows)} rows, and so few rows were not shown to be enough.`,
      ]
    : [];
  return [
    `The figures are of ${folds} models, each trained without the rows that it predicts: what to expect of a model that is made this way from ${folds - 1} of ${folds} parts of the rows.`,
    ...(ranked.length === 0
      ? []
      : [
          `${ranked.join(' and ')} rank${ranked.length === 1 ? 's' : ''} the rows of all folds together, as different models score them.`,
        ]),
    ...longer,
  ];
}
