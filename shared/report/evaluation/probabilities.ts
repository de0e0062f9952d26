import { positiveClass } from '../../dataset/schema/positive-class.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { Curves } from '../../metrics/evaluation/prediction-facts.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatInterval, formatNumber } from '../../text/number-format.ts';
import { calibrationChart } from '../chart/classifier-charts.ts';
import { precisionRecallChart, type RankingCurve, rocChart } from '../chart/ranking-charts.ts';
import { drawChart } from '../chart/vega-chart.ts';
import { dataTable } from '../markup/data-table.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import { championLineKey, modelLineKey, operatingPointKey } from '../markup/legend.ts';
import { disclosure, type ListLimit, type Section } from './section.ts';

/** Classes whose curves are drawn. */
const drawnClasses = 6;

/** Are the probabilities to be trusted, and how well do they rank. */
export async function probabilitySection(
  evaluation: Evaluation,
  limit: ListLimit,
): Promise<Section | undefined> {
  const curves = [await positiveCurves(evaluation), await curvesAgainstRest(evaluation, limit)];
  const calibration = await calibrationFigure(evaluation);
  if (!calibration && curves.every((part) => part === undefined)) return undefined;
  const label = positiveClass(evaluation);
  return {
    id: 'probabilities',
    title: 'Probabilities',
    lead:
      label === undefined
        ? html`Each class against all others: the closer a curve comes to the upper corner (left of a ROC curve, right of precision and recall), the better the class is ranked before the rest. Dashed grey lines are guessing.`
        : html`Of the positive class, <b>${dataText(label)}</b>.`,
    body: [...curves, calibration],
  };
}

/** Binary: ROC and precision-recall curve side by side. */
async function positiveCurves(evaluation: Evaluation): Promise<Markup | undefined> {
  const { roc, precisionRecall, championCurves, operatingPoint, confusion } = evaluation;
  if (!roc || roc.length === 0) return undefined;
  const area = (name: string) => evaluation.metrics.find((metric) => metric.name === name)?.value;
  const { recall = null, precision = null, specificity = null } = operatingPoint ?? {};
  const point = (x: number | null, y: number | null) =>
    x === null || y === null ? {} : { operatingPoint: [x, y] as const };
  const rocCurve = {
    own: roc,
    champion: championCurves?.roc,
    area: area('roc-auc'),
    ...point(specificity === null ? null : 1 - specificity, recall),
  };
  const label = positiveClass(evaluation);
  const code = evaluation.classes?.indexOf(label ?? '') ?? -1;
  const positives = confusion?.[code]?.reduce((sum, count) => sum + count, 0) ?? 0;
  const precisionCurve = precisionRecall && {
    own: precisionRecall,
    champion: championCurves?.precisionRecall,
    area: area('average-precision'),
    ...point(recall, precision),
  };
  return html`<div class="figures">${await rocFigure(rocCurve)}${
    precisionCurve && (await precisionFigure(precisionCurve, positives / evaluation.rows))
  }</div>${curveLegend(championCurves !== undefined, operatingPoint)}`;
}

async function rocFigure(curve: RankingCurve): Promise<Markup> {
  return html`<figure class="square"><h3>ROC curve</h3>${await drawChart(rocChart(curve))}<figcaption>The closer to the upper left corner, the better positives are ranked before negatives${areaWords(curve)}. The diagonal is guessing.</figcaption></figure>`;
}

async function precisionFigure(curve: RankingCurve, share: number): Promise<Markup> {
  return html`<figure class="square"><h3>Precision and recall</h3>${await drawChart(precisionRecallChart(curve, share))}<figcaption>The closer to the upper right corner, the fewer false alarms for what is found${areaWords(curve)}. The dashed line is guessing.</figcaption></figure>`;
}

function areaWords({ area }: RankingCurve): string {
  return typeof area === 'number' ? `; the area under the curve is ${formatNumber(area, { digits: 3 })}` : '';
}

function curveLegend(champion: boolean, operatingPoint: Evaluation['operatingPoint']): Markup {
  const at = operatingPoint?.threshold;
  return html`<p class="legend" aria-hidden="true"><span>${modelLineKey}this model</span>${
    champion && html`<span>${championLineKey}champion</span>`
  }${
    operatingPoint &&
    html`<span>${operatingPointKey}operating point${at === undefined ? '' : html` (from ${formatNumber(at)} on)`}</span>`
  }</p>`;
}

/** Multiclass: the curves of the largest classes, each against the rest, and the areas of all. */
async function curvesAgainstRest(
  { oneAgainstRest = [], rows }: Evaluation,
  limit: ListLimit,
): Promise<Markup | undefined> {
  if (oneAgainstRest.length === 0) return undefined;
  const drawn = oneAgainstRest
    .toSorted((a, b) => b.rows - a.rows)
    .slice(0, limit(drawnClasses))
    .map((entry) => entry.class);
  const figures: Markup[] = [];
  for (const entry of oneAgainstRest.filter((one) => drawn.includes(one.class))) {
    figures.push(await classFigures(entry, rows));
  }
  const table = dataTable({
    caption: 'Areas under the curves of each class against the rest',
    compact: true,
    columns: [
      { label: 'Class' },
      { label: 'Rows', kind: 'number' },
      { label: 'ROC', kind: 'number' },
      { label: 'Precision-recall', kind: 'number' },
    ],
    rows: oneAgainstRest.map((entry) => ({
      cells: [
        dataText(entry.class),
        formatCount(entry.rows),
        formatNumber(entry.rocAuc, { decimals: 3 }),
        formatNumber(entry.averagePrecision, { decimals: 3 }),
      ],
    })),
  });
  const champion = oneAgainstRest.some((entry) => entry.champion !== undefined);
  return html`${table}${figures}${curveLegend(champion, undefined)}`;
}

type ClassCurves = NonNullable<Evaluation['oneAgainstRest']>[number];

async function classFigures(entry: ClassCurves, rows: number): Promise<Markup> {
  const curve = (which: keyof Curves, area: number) => ({
    own: entry[which],
    champion: entry.champion?.[which],
    area,
  });
  const name = dataText(entry.class, 40);
  const roc = rocChart(curve('roc', entry.rocAuc));
  const precision = precisionRecallChart(curve('precisionRecall', entry.averagePrecision), entry.rows / rows);
  return html`<div class="figures"><figure class="square"><h3>${name}: ROC curve</h3>${await drawChart(roc)}</figure><figure class="square"><h3>${name}: precision and recall</h3>${await drawChart(precision)}</figure></div>`;
}

async function calibrationFigure(evaluation: Evaluation): Promise<Markup | undefined> {
  const bins = evaluation.calibration?.filter((bin) => bin.rows > 0) ?? [];
  if (bins.length === 0) return undefined;
  const binary = evaluation.task === 'binary';
  const what = binary ? 'of positives' : 'that is right of the most probable class';
  return html`<div class="figures"><figure class="square"><h3>Calibration</h3>${await drawChart(calibrationChart(bins, what))}<figcaption>On the diagonal, what is predicted with 70% ${binary ? 'happens' : 'is right'} in 70% of the cases. Bars are the intervals of the observed shares${binary ? '' : '; of each row its most probable class'}.</figcaption>${calibrationTable(bins)}</figure></div>`;
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
      rows: bins.map(({ predicted, observed, low, high, rows }) => ({
        cells: [
          formatNumber(predicted, { decimals: 3 }),
          html`${formatNumber(observed, { decimals: 3 })}${
            low === undefined || high === undefined
              ? ''
              : html` <span class="interval">${formatInterval(low, high, { decimals: 2 })}</span>`
          }`,
          formatCount(rows),
        ],
      })),
    }),
  );
}
