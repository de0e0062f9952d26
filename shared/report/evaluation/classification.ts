import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { calibrationChart, rocChart } from '../chart/classifier-charts.ts';
import { drawChart } from '../chart/vega-chart.ts';
import { dataTable } from '../markup/data-table.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import { confusionMarkup } from './confusion.ts';
import { disclosure, type ListLimit, omittedNote, type Section } from './section.ts';

const shownClasses = 50;

/** Classification: which classes are taken for which. */
export function confusionSection(evaluation: Evaluation, limit: ListLimit): Section | undefined {
  const { confusion, classes, perClass } = evaluation;
  if (!confusion || !classes || confusion.length === 0) return undefined;
  return {
    id: 'confusion',
    title: 'Classes',
    lead: html`Rows are what really was, columns what the model said; the diagonal is right. Shares are of the row, so each row adds up to 100%.`,
    body:
      classes.length <= 4
        ? html`<div class="figures">${confusionMarkup(confusion, classes)}${perClass && perClassTable(perClass, limit)}</div>`
        : [confusionMarkup(confusion, classes), perClass && perClassTable(perClass, limit)],
  };
}

function perClassTable(perClass: NonNullable<Evaluation['perClass']>, limit: ListLimit): Markup {
  const shown = perClass.slice(0, limit(shownClasses));
  const score = (value: number | null) =>
    value === null ? html`<span class="undefined">undefined</span>` : formatNumber(value, { decimals: 3 });
  return html`${dataTable({
    caption: 'By class',
    compact: perClass.length > 4,
    columns: [
      { label: 'Class' },
      { label: 'Rows', kind: 'number' },
      { label: 'Precision', kind: 'number' },
      { label: 'Recall', kind: 'number' },
      { label: 'F1', kind: 'number' },
    ],
    rows: shown.map((entry) => ({
      cells: [
        dataText(entry.class),
        formatCount(entry.rows),
        score(entry.precision),
        score(entry.recall),
        score(entry.f1),
      ],
    })),
  })}${omittedNote(perClass.length, shown.length, 'classes', 'evaluation.json')}`;
}

/** Binary: are the probabilities to be trusted, and how well do they rank. */
export async function probabilitySection(evaluation: Evaluation): Promise<Section | undefined> {
  const bins = evaluation.calibration?.filter((bin) => bin.rows > 0) ?? [];
  const roc = evaluation.roc ?? [];
  if (bins.length === 0 && roc.length === 0) return undefined;
  const area = evaluation.metrics.find((metric) => metric.name === 'roc-auc')?.value;
  const positive = evaluation.classes?.[1];
  return {
    id: 'probabilities',
    title: 'Probabilities',
    lead: html`Of the positive class${positive === undefined ? '' : html`, <b>${dataText(positive)}</b>`}.`,
    body: html`<div class="figures">${
      bins.length > 0
        ? html`<figure class="square"><h3>Calibration</h3>${await drawChart(calibrationChart(bins))}<figcaption>On the diagonal, what is predicted with 70% happens in 70% of the cases. Larger dots hold more rows.</figcaption>${calibrationTable(bins)}</figure>`
        : ''
    }${
      roc.length > 0
        ? html`<figure class="square"><h3>ROC curve</h3>${await drawChart(rocChart(roc, area))}<figcaption>The closer to the upper left corner, the better positives are ranked before negatives${typeof area === 'number' ? html`; the area under the curve is ${formatNumber(area, { digits: 3 })}` : ''}. The diagonal is guessing.</figcaption></figure>`
        : ''
    }</div>`,
  };
}

function calibrationTable(bins: NonNullable<Evaluation['calibration']>): Markup {
  return disclosure(
    'The numbers',
    dataTable({
      caption: html`Calibration in ${counted(bins.length, 'bin')}`,
      columns: [
        { label: 'Mean predicted' },
        { label: 'Observed share', kind: 'number' },
        { label: 'Rows', kind: 'number' },
      ],
      rows: bins.map((bin) => ({
        cells: [
          formatNumber(bin.predicted, { decimals: 3 }),
          formatNumber(bin.observed, { decimals: 3 }),
          formatCount(bin.rows),
        ],
      })),
    }),
  );
}
