import { rowCurveMethod, rowCurveWords } from '../../model/report/row-curve-words.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { capitalised } from '../../text/capitalised.ts';
import { rowCurveChart } from '../chart/row-curve-chart.ts';
import { drawChart } from '../chart/vega-chart.ts';
import { type Child, html } from '../markup/html.ts';

/** Whether more rows would help: the curve over the number of training rows, and what it foretells. */
export async function rowCurvePart({ learningCurve }: TrainingReport): Promise<Child> {
  if (!learningCurve) return undefined;
  const [wide, narrow] = await Promise.all([
    drawChart(rowCurveChart(learningCurve, 720, 220)),
    drawChart(rowCurveChart(learningCurve, 270, 220)),
  ]);
  const words = rowCurveWords(learningCurve);
  return html`<h3>Would more rows help?</h3>
<p>${capitalised(words)}.</p>
<figure class="learning"><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption><span class="sub">${rowCurveMethod(learningCurve)}. The open dot is foretold, with its interval; the others are measured.</span></figcaption></figure>`;
}
