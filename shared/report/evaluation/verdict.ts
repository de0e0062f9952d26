import { positiveClass } from '../../dataset/schema/positive-class.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { judgedRowsWords, outOfFoldNotes } from '../../metrics/evaluation/judged-rows-words.ts';
import { looksOfEvaluation, looksWords } from '../../metrics/evaluation/looks.ts';
import type { MetricResult } from '../../metrics/evaluation/metric-result.ts';
import { comparedValueText } from '../../metrics/evaluation/newer-rows-words.ts';
import { notesOf } from '../../metrics/evaluation/notes.ts';
import { byCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval, formatNumber } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import { figureSize } from '../markup/figure-size.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { type Outcome, outcomeIcon, outcomeWord } from '../markup/icon.ts';
import { intervalMark } from '../markup/interval-mark.ts';
import { baselineKey, championKey } from '../markup/legend.ts';
import { directionWords, metricUnit, metricWords } from '../metric-words.ts';
import { gainOutcome } from './gain.ts';

/** The top of the report: pass, warning or fail, and the one number that matters. */
export function verdictSection(evaluation: Evaluation): Markup {
  const primary = evaluation.metrics.find((metric) => metric.name === evaluation.primary);
  return html`<header class="verdict ${evaluation.verdict}" id="verdict">
<div class="verdict-word">
<p class="kicker">Evaluation of ${dataText(evaluation.pipeline)}</p>
<h1>${outcomeIcon(evaluation.verdict)}<span><span class="visually-hidden">Verdict: </span>${outcomeWord(evaluation.verdict)}</span></h1>
<p class="headline">${evaluation.headline}</p>
${positiveNote(evaluation)}${looksNote(evaluation)}${foldsNotes(evaluation)}${gateCounts(evaluation)}
${warningsMarkup(evaluation)}
</div>
${primary ? primaryNumber(primary, evaluation) : ''}
</header>`;
}

/** Which class a binary model is judged by, and what is to be known of its predictions. */
function positiveNote(evaluation: Evaluation): Child {
  const label = positiveClass(evaluation);
  if (label === undefined) return undefined;
  const notes = notesOf(evaluation).map(
    (note) => html`<p class="headline">${outcomeIcon('inconclusive')} ${dataText(note, 400)}</p>\n`,
  );
  return html`<p class="headline">Positive class: <b>${dataText(label, 60)}</b></p>\n${notes}`;
}

/** How often these rows have judged, as far as the evaluation itself knows. */
function looksNote(evaluation: Evaluation): Child {
  const looks = looksOfEvaluation(evaluation);
  const words = looks && looksWords(looks);
  return words === undefined ? undefined : html`<p class="remark">${words}</p>\n`;
}

/** What figures of rows in folds mean. */
function foldsNotes(evaluation: Evaluation): Child {
  return outOfFoldNotes(evaluation).map((note) => html`<p class="remark">${dataText(note, 400)}</p>\n`);
}

/** What to look at before the verdict is believed. */
function warningsMarkup({ warnings = [] }: Evaluation): Child {
  return warnings.map(
    ({ message }) => html`<p class="doubt">${outcomeIcon('warn')} ${dataText(message, longestWarning)}</p>`,
  );
}

const longestWarning = 1000;

const countedOutcomes: readonly GateResult['outcome'][] = ['fail', 'inconclusive', 'pass', 'not-applicable'];

function gateCounts({ gates }: Evaluation): Markup {
  if (gates.length === 0) return html`<p class="counts">No gates are declared: nothing could fail.</p>`;
  const counts = countedOutcomes.flatMap((outcome) => {
    const count = gates.filter((gate) => gate.outcome === outcome).length;
    return count === 0 ? [] : [{ outcome, count }];
  });
  return html`<ul class="counts" aria-label="Gates by outcome">${counts.map(
    ({ outcome, count }) =>
      html`<li>${outcomeIcon(outcome)}<span><b>${count}</b> ${byCount(count, 'gate', 'gates')} ${gateWord(outcome, count)}</span></li>`,
  )}</ul>`;
}

function gateWord(outcome: Outcome, count: number): string {
  if (outcome === 'pass') return byCount(count, 'passes', 'pass');
  if (outcome === 'fail') return byCount(count, 'fails', 'fail');
  return outcomeWord(outcome).toLowerCase();
}

function primaryNumber(metric: MetricResult, evaluation: Evaluation): Markup {
  const unit = metricUnit(metric.name, evaluation.unit);
  const { title } = metricWords(metric.name);
  return html`<div class="primary">
<h2 class="primary-name"><code>${metric.name}</code> <span>${title}, on ${judgedRowsWords(evaluation)}</span></h2>
${
  metric.value === null
    ? html`<p class="primary-undefined">undefined: ${metric.reason ?? 'no reason was given'}</p>`
    : html`<p class="primary-value${figureSize(formatEstimate(metric))}">${formatEstimate(metric)}${unit === undefined ? '' : html`<span class="unit">${dataText(unit, 20)}</span>`}</p>
${primaryInterval(metric, evaluation)}
${intervalMark({ ...metric, champion: metric.champion?.value })}`
}
<dl class="beside">${championFacts(metric, evaluation)}${baselineFacts(metric)}</dl>
</div>`;
}

function primaryInterval(metric: MetricResult, { bootstrap }: Evaluation): Markup {
  if (metric.low === null || metric.high === null) {
    return html`<p class="primary-interval">no interval${metric.reason ? html`: ${metric.reason}` : ''} · ${directionWords(metric.better)}</p>`;
  }
  return html`<p class="primary-interval">${declaredShare(bootstrap.confidence)} interval ${formatInterval(metric.low, metric.high)} · ${directionWords(metric.better)}</p>`;
}

function championFacts(metric: MetricResult, { champion }: Evaluation): Child {
  if (!champion) {
    return html`<div><dt>Champion</dt><dd class="whole">none to compare with</dd></div>`;
  }
  const name = dataText(champion.name, 40);
  if (champion.same) {
    return html`<div><dt>Champion ${name}</dt><dd class="whole">the same model as in production</dd></div>`;
  }
  if (!champion.comparable || !metric.champion) {
    return html`<div><dt>Champion ${name}</dt><dd class="whole">not comparable: ${champion.reason ?? 'no reason was given'}</dd></div>`;
  }
  const { value, gain } = metric.champion;
  const words = gainOutcome(gain);
  return html`<div><dt>${championKey}Champion ${name}</dt><dd>${comparedValueText(metric, value)}</dd><dd class="gain ${words.className}"><span aria-hidden="true">${words.sign}</span> ${words.sentence}</dd></div>`;
}

function baselineFacts(metric: MetricResult): Child {
  if (metric.baseline === undefined) return undefined;
  return html`<div><dt>${baselineKey}Naive baseline</dt><dd>${formatEstimate({ ...metric, value: metric.baseline })}</dd></div>`;
}

/** The document's title: the verdict first, because browser tabs are narrow. */
export function reportTitle(evaluation: Evaluation): string {
  const primary = evaluation.metrics.find((metric) => metric.name === evaluation.primary);
  const number = primary ? `, ${primary.name} ${formatNumber(primary.value)}` : '';
  return `${outcomeWord(evaluation.verdict)}: ${evaluation.pipeline}${number}`;
}
