import type { Performance } from '../../drift/performance/performance-report.ts';
import { keepsRate } from '../../drift/verdict/rate-words.ts';
import { allowedValue } from '../../metrics/descriptors/direction.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval, formatNumber } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { shownTime } from '../../text/shown-time.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Section } from '../evaluation/section.ts';
import { figureSize } from '../markup/figure-size.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { outcomeIcon } from '../markup/icon.ts';
import { type IntervalMark, intervalMark } from '../markup/interval-mark.ts';
import { metricUnit, metricWords } from '../metric-words.ts';
import {
  type AnyDriftReport,
  driftOutcome,
  driftWord,
  missingSentence,
  monitored,
  rateSentence,
  weekdaySentence,
} from './drift-verdict.ts';
import { detectableWords, figureWords, judgementWords } from './performance-words.ts';

/** The top of the page: the verdict, what it rests on, and the one number that matters. */
export function driftHead(report: AnyDriftReport): Markup {
  const outcome = driftOutcome(report);
  const monitor = monitored(report);
  const reasons = report.reasons.filter((reason) => !report.headline.includes(reason));
  const missing = missingSentence(report);
  const weekdays = weekdaySentence(report);
  return html`<header class="verdict drift ${outcome === 'inconclusive' ? 'warn' : outcome}" id="verdict">
<div class="verdict-word">
<p class="kicker">Drift check${monitor && html` of ${dataText(monitor.pipeline)}`}</p>
<h1>${outcomeIcon(outcome)}<span><span class="visually-hidden">Verdict: </span>${driftWord(report)}</span></h1>
<p class="headline">${report.headline}.</p>
${missing && html`<p class="note">${missing}</p>`}
${reasons.length > 0 && html`<ul class="reasons">${reasons.slice(0, 6).map((reason) => html`<li>${reason}</li>`)}</ul>`}
<p class="note">${rateSentence(report)}</p>
${weekdays !== undefined && html`<p class="note">${weekdays}</p>`}
</div>
${numberBox(report)}
</header>`;
}

function numberBox(report: AnyDriftReport): Markup | undefined {
  const performance = monitored(report)?.performance;
  if (performance && performance.current.value !== null) return performanceBox(performance, report);
  if (report.columns.length === 0) return undefined;
  const { drifted, limit } = report.share;
  return html`<div class="primary">
<h2 class="primary-name">Importance of the drifted columns <span>share of all feature importance in the model</span></h2>
<p class="primary-value">${measuredShare(drifted, { beside: limit })}</p>
<p class="primary-interval">alarm threshold ${declaredShare(limit)}</p>
${intervalMark({ value: drifted, low: null, high: null, bound: { at: limit, holds: 'below' }, domain: [0, 1] })}
</div>`;
}

function performanceBox(performance: Performance, report: AnyDriftReport): Markup {
  const { metric, current, reference, outcome, limit, better } = performance;
  const unit = metricUnit(metric, monitored(report)?.unit);
  const seen = detectableWords(performance, unit);
  const allowed = allowedValue(better, reference.value, limit);
  const bound: IntervalMark['bound'] =
    allowed === null
      ? undefined
      : {
          at: allowed,
          holds: better === 'higher' ? 'above' : 'below',
          label: formatNumber(allowed, { digits: 3 }),
        };
  return html`<div class="primary">
<h2 class="primary-name"><code>${metric}</code> <span>${metricWords(metric).title}, <b>${outcome === 'measured' ? 'measured' : 'estimated without labels'}</b> on ${counted(performance.rows.current, 'row')}</span></h2>
<p class="primary-value${figureSize(formatEstimate(current))}">${formatEstimate(current)}${unit !== undefined && html`<span class="unit">${dataText(unit, 20)}</span>`}</p>
<p class="primary-interval">${formatNumber(100 * performance.confidence)}% interval ${formatInterval(current.low, current.high)}</p>
${intervalMark({ ...current, bound, reference: reference.value })}
<dl class="beside"><div><dt>Evaluation</dt><dd>${figureWords(reference, unit)}</dd></div>${seen !== undefined && html`<div><dt>Smallest detectable worsening</dt><dd>${seen}</dd></div>`}</dl>
<p class="note">${judgementWords(performance, unit)}</p>
</div>`;
}

/** What was compared with what, and how the declared false-alarm rate is shared out. */
export function comparedSection(report: AnyDriftReport): Section {
  const monitor = monitored(report);
  const rate = report['false-alarm-rate'];
  const parts = (['columns', 'structural', 'prediction', 'multivariate', 'performance'] as const).filter(
    (part) => (rate[part] ?? 0) > 0,
  );
  const names = {
    columns: 'all columns',
    structural: 'changes of structure',
    prediction: 'predictions',
    multivariate: 'all features together',
    performance: 'performance (all checks of a version together)',
  };
  const floors = Object.entries(report.floors);
  return {
    id: 'compared',
    title: 'What was compared',
    body: html`<dl class="facts">
${fact('Current rows', html`${formatCount(report.rows.current)}${monitor && html`: ${monitor.window.words}`}`)}
${monitor?.window.until !== undefined && fact('Newest row', dataText(shownTime(monitor.window.until)))}
${fact('Reference', html`${counted(report.rows.reference, 'row')}${monitor && html`, ${monitor.production ? html`those that ${dataText(monitor.production.tag)} was trained on` : 'of the locked data: no version is in production'}`}`)}
${monitor && monitor.check > 1 && fact('Check', `${formatCount(monitor.check)} of this version`)}
${monitor && monitor.window.late > 0 && fact('Late rows', `${counted(monitor.window.late, 'row')} came late into the locked window and wait for the next lock`)}
${fact('Declared false-alarm rate of this check', html`${declaredShare(rate.check)}${parts.length > 0 && html`, shared out: ${parts.map((part) => `${names[part]} ${measuredShare(Number(rate[part]!.toPrecision(3)))}`).join(', ')}`}`)}
${report.dependence && fact('Dependence of rows', report.dependence.words)}
${monitor?.season && fact('Season', monitor.season.words)}
${report['weekly-pattern'] && fact('Weekly pattern', `${report['weekly-pattern'].columns.map((name) => visibleText(name)).join(', ')} (at a level of ${declaredShare(report['weekly-pattern'].level)} for all columns together)`)}
${rate['per-year'] !== undefined && keepsRate(report) && fact('False alarms in a year', `at most ${formatNumber(rate['per-year'], { digits: 2 })}`)}
${fact('Alarm threshold', html`columns carrying ${declaredShare(report.share.limit)} of feature importance; ${measuredShare(report.share.drifted, { beside: report.share.limit })} drifted`)}
${floors.length > 0 && fact('Minimum effects', floors.map(([name, floor]) => `${name} ${formatNumber(floor, { digits: 2 })}`).join(', '))}
</dl>`,
  };
}

function fact(name: string, value: Child): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>
`;
}
