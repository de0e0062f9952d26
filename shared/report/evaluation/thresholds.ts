import { positiveClass } from '../../dataset/schema/positive-class.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { ThresholdScores } from '../../metrics/evaluation/prediction-facts.ts';
import { formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html } from '../markup/html.ts';
import { score } from './classification.ts';
import type { Section } from './section.ts';

/** Binary: what the positive class's scores would be, if rows were predicted so from another probability on. */
export function thresholdSection(evaluation: Evaluation): Section | undefined {
  const { thresholds = [], operatingPoint, rows } = evaluation;
  const label = positiveClass(evaluation);
  if (label === undefined || thresholds.length === 0 || !operatingPoint) return undefined;
  const priced = operatingPoint.cost !== undefined;
  const cells = (first: Child, scores: ThresholdScores): Child[] => [
    first,
    score(scores.precision),
    score(scores.recall),
    score(scores.specificity),
    score(scores.f1),
    formatCount(scores.predicted),
    measuredShare(scores.predicted / rows),
    ...(priced ? [scores.cost === undefined ? '' : formatNumber(scores.cost)] : []),
  ];
  const { threshold: at } = operatingPoint;
  const own =
    at === undefined ? 'as predicted' : formatNumber(at, at === 0.5 ? { decimals: 2 } : { digits: 3 });
  const operating = html`<b>${own}</b> <span class="tag">operating point</span>`;
  const table = thresholds
    .filter(({ threshold }) => threshold !== at)
    .map((row) => ({ at: row.threshold, cells: cells(formatNumber(row.threshold, { decimals: 2 }), row) }));
  const model = { at: at ?? Number.NEGATIVE_INFINITY, cells: cells(operating, operatingPoint) };
  return {
    id: 'thresholds',
    title: 'By threshold',
    lead: html`If a row were predicted to be of the positive class, <b>${dataText(label)}</b>, from this probability on: a low threshold finds more of it (recall), a high one is wrong less often (precision). Rows are those predicted to be of it.`,
    body: dataTable({
      caption: 'Scores of the positive class by threshold',
      hideCaption: true,
      compact: true,
      scrolls: 'Scores by threshold',
      columns: [
        { label: 'Threshold' },
        { label: 'Precision', kind: 'number' },
        { label: 'Recall', kind: 'number' },
        { label: 'Specificity', kind: 'number' },
        { label: 'F1', kind: 'number' },
        { label: 'Rows', kind: 'number' },
        { label: 'Share', kind: 'number' },
        ...(priced ? [{ label: 'Cost', kind: 'number' as const }] : []),
      ],
      rows: [...table, model].sort((a, b) => a.at - b.at),
    }),
  };
}
