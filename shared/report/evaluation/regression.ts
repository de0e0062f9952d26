import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { testRowWord } from '../../metrics/evaluation/judged-rows-words.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { scatterChart } from '../chart/regression-charts.ts';
import { drawChart } from '../chart/vega-chart.ts';
import { dataTable } from '../markup/data-table.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import type { Section } from './section.ts';

/** Regression: predicted against actual, and how the errors spread. */
export async function regressionSection(evaluation: Evaluation): Promise<Section | undefined> {
  const { scatter, residuals, unit } = evaluation;
  if (!scatter?.length && !residuals) return undefined;
  const word = testRowWord(evaluation);
  return {
    id: 'errors',
    title: 'Predicted against actual',
    lead: scatter?.length
      ? html`${scatter.length < evaluation.rows ? html`${formatCount(scatter.length)} of the ${counted(evaluation.rows, word)}, drawn by seed.` : `Every ${word} is a dot.`} On the dashed diagonal the prediction is right; above it, too high.`
      : undefined,
    body: html`<div class="figures">${
      scatter?.length
        ? html`<figure class="square">${await drawChart(scatterChart(scatter, unit, word))}</figure>`
        : ''
    }${residuals ? residualFigure(residuals, unit) : ''}</div>`,
  };
}

type Residuals = NonNullable<Evaluation['residuals']>;

function residualFigure(residuals: Residuals, unit: string | undefined): Markup {
  return html`<div class="residuals"><h3>How errors spread</h3>${residualStrip(residuals)}${dataTable({
    caption: html`Residuals (actual − predicted)${unit === undefined ? '' : html` in ${dataText(unit, 20)}`}: the share of rows that lie below`,
    compact: true,
    columns: [{ label: 'Rows below' }, { label: 'Residual', kind: 'number' }],
    rows: residuals.probabilities.map((probability, i) => ({
      cells: [
        probability === 0.5
          ? html`${measuredShare(probability)} <span class="sub inline">median</span>`
          : measuredShare(probability),
        formatNumber(residuals.quantiles[i] ?? null, { digits: 3, sign: true }),
      ],
    })),
  })}</div>`;
}

const width = 320;
const height = 40;

/** Nested bands: the widest holds 98 % of the residuals, then 90, 80 and 50 %; the tick is the median. */
function residualStrip({ quantiles }: Residuals): Markup | undefined {
  const low = Math.min(0, ...quantiles);
  const high = Math.max(0, ...quantiles);
  if (quantiles.length === 0 || high === low) return undefined;
  const place = (number: number) =>
    Math.round((8 + ((number - low) / (high - low)) * (width - 16)) * 10) / 10;
  const bands = Math.floor(quantiles.length / 2);
  const median = quantiles.length % 2 === 1 ? quantiles[bands]! : undefined;
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false"><path class="zero" d="M${place(0)} 0V${height - 12}"/>${Array.from(
    { length: bands },
    (_, i) => {
      const half = 3 + (8 * (i + 1)) / bands;
      return html`<path class="band" d="M${place(quantiles[i]!)} ${14 - half}H${place(quantiles.at(-1 - i)!)}V${14 + half}H${place(quantiles[i]!)}z"/>`;
    },
  )}${median === undefined ? '' : html`<path class="median" d="M${place(median)} 1V27"/>`}<text x="${place(0)}" y="${height - 1}" text-anchor="middle">0</text>${[low, high].map((end) => html`<text x="${place(end)}" y="${height - 1}" text-anchor="${end === low ? 'start' : 'end'}">${formatNumber(end, { digits: 2, sign: true })}</text>`)}</svg>`;
}
