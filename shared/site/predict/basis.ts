import { judgedRowsWords } from '../../metrics/evaluation/judged-rows-words.ts';
import { dataText, html, type Markup } from '../../report/markup/html.ts';
import { metricUnit, metricWords } from '../../report/metric-words.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import type { PipelineSite } from '../site-input.ts';

/** What the evaluation measured: `On 43 unseen rows, rmse was 1.90 mpg (95% interval 1.31 to 2.57).` */
export function basisOf({ evaluation }: PipelineSite): Markup | undefined {
  const metric = evaluation.metrics.find(({ name }) => name === evaluation.primary);
  if (!metric || metric.value === null) return undefined;
  const unit = metricUnit(metric.name, evaluation.unit);
  const interval =
    metric.low === null || metric.high === null
      ? ''
      : html` (${declaredShare(evaluation.bootstrap.confidence)} interval ${formatInterval(metric.low, metric.high)})`;
  return html`On ${judgedRowsWords(evaluation)}${evaluation.outOfFold ? ',' : ''} the ${metricWords(metric.name).title} was ${formatEstimate(metric)}${unit ? html` ${dataText(unit, 20)}` : ''}${interval}.`;
}
