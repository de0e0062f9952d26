// The page of `ciclo replay`: what each policy of retraining would have led to.
import { formatCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { timeChart, timeKey } from '../chart/time-chart.ts';
import { timeStyle } from '../chart/time-style.ts';
import { detailLimits, isSmallEnough, renderReportPage } from '../evaluation/report-page.ts';
import { type ListLimit, omittedNote, type Section } from '../evaluation/section.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { directionWords, metricUnit, metricWords } from '../metric-words.ts';
import { besideEveryWindow, policySentence, replayHeadline } from './policy-summary.ts';
import { meanText, mergedCount, policyLook, policyWords } from './policy-words.ts';
import type { ReplayPoint, ReplayPolicy, ReplayReport } from './replay-report.ts';
import { versionsSection } from './versions-section.ts';

/** Of the long lists less is shown each time, until the page is small enough; a line over time has two ends. */
const limits = detailLimits([1, 0.5, 0.2, 0.05], 2);
const shownPeriods = 240;
const shownStory = 200;

/**
 * The page of a replay: what each policy would have cost, one file with everything in it, no script, under 500 KB. The
 * same report gives the same bytes.
 */
export function renderReplayPage(report: ReplayReport): string {
  let page = '';
  for (const limit of limits) {
    page = renderWith(report, limit);
    if (isSmallEnough(page)) break;
  }
  return page;
}

/** What is read first; the other sections are detail. */
const open: ReadonlySet<string> = new Set(['metric', 'policies', 'story']);

function renderWith(report: ReplayReport, limit: ListLimit): string {
  const sections = [
    metricSection(report, limit),
    policiesSection(report),
    versionsSection(report, limit),
    storySection(report, limit),
    periodsSection(report, limit),
  ]
    .filter((section) => section !== undefined)
    .map((section) => ({ ...section, folded: !open.has(section.id) }));
  return renderReportPage({
    title: `Replay: ${report.pipeline}`,
    description: replayHeadline(report),
    style: timeStyle,
    kind: 'replay',
    head: head(report),
    sections,
    source: 'replay.json',
  });
}

function unitOf({ metric, unit }: ReplayReport): string {
  const own = metricUnit(metric, unit);
  return own === undefined ? '' : ` ${own}`;
}

function head(report: ReplayReport): Markup {
  const beside = besideEveryWindow(report);
  return html`<header class="verdict not-applicable drift" id="verdict"><div class="verdict-word">
<p class="kicker">Replay of ${dataText(report.pipeline)}</p>
<h1>What would have happened</h1>
<p class="headline">${replayHeadline(report)}.</p>${beside !== undefined && html`<p>${beside}</p>`}
</div></header>`;
}

function metricSection(report: ReplayReport, limit: ListLimit): Section | undefined {
  const periods = report.periods.slice(-limit(shownPeriods));
  const index = new Map(periods.map((period, at) => [period, at]));
  const at = (period: string) => index.get(period);
  const pointsOf = (policy: ReplayPolicy) =>
    policy.points.flatMap((point) => {
      const place = at(point.period);
      return place === undefined ? [] : [{ ...point, at: place }];
    });
  const ordered = report.policies.toSorted((a, b) =>
    policyLook(a.name) === 'main' ? -1 : policyLook(b.name) === 'main' ? 1 : 0,
  );
  const watched = report.policies.find(({ name }) => name === 'on-drift') ?? report.policies[0];
  const chart = timeChart({
    periods,
    series: ordered.map((policy) => ({ look: policyLook(policy.name), points: pointsOf(policy) })),
    marks: (watched?.retrainings ?? []).flatMap(({ period, merged }) => {
      const place = at(period);
      return place === undefined ? [] : [{ at: place, filled: merged }];
    }),
    description: `${report.metric} by period: ${report.policies.map((policy) => `${policyWords(policy.name)}, mean ${meanText(report, policy.mean)}`).join('; ')}.`,
  });
  if (!chart) return undefined;
  return {
    id: 'metric',
    title: `${metricWords(report.metric).title.replace(/^./, (letter) => letter.toUpperCase())} over time`,
    lead: html`<code>${report.metric}</code>${unitOf(report) !== '' && html` in ${dataText(unitOf(report).trim(), 20)}`} on the rows of each period, which the model in production had not seen; ${directionWords(report.better)}.`,
    body: html`<figure>${chart}<figcaption><span class="legend">${ordered.map(({ name }) => html`<span>${timeKey(policyLook(name))}${policyWords(name)}</span>`)}${watched && html`<span>▼ ${policyWords(watched.name)}: a new model went into production</span><span>▽ retrained, not better</span>`}</span></figcaption></figure>`,
  };
}

function policiesSection(report: ReplayReport): Section {
  const { policies, metric } = report;
  return {
    id: 'policies',
    title: 'Policies',
    lead: 'What each policy costs and gains.',
    body: dataTable({
      caption: 'Policies',
      hideCaption: true,
      columns: [
        { label: 'Policy' },
        { label: `Mean ${metric}`, kind: 'number' },
        { label: 'Models trained', kind: 'number' },
        { label: 'Put into production', kind: 'number' },
        { label: 'Alarms', kind: 'number' },
        { label: 'Outcome' },
      ],
      rows: policies.map((policy) => ({
        cells: [
          html`<span>${timeKey(policyLook(policy.name))}</span> ${policyWords(policy.name)}`,
          policy.mean === null ? '–' : html`<b>${meanText(report, policy.mean)}</b>`,
          formatCount(policy.retrainings.length),
          formatCount(mergedCount(policy)),
          formatCount(policy.alarms),
          policySentence(policy),
        ],
      })),
    }),
  };
}

function storySection({ story }: ReplayReport, limit: ListLimit): Section | undefined {
  if (story.length === 0) return undefined;
  const shown = story.slice(0, limit(shownStory));
  return {
    id: 'story',
    title: 'What happened, period by period',
    body: [
      html`<ol class="events">${shown.map(({ period, words }) => html`<li><b>${dataText(period, 30)}</b> ${words}</li>`)}</ol>`,
      omittedNote(story.length, shown.length, 'events', 'replay.json'),
    ],
  };
}

function periodsSection(report: ReplayReport, limit: ListLimit): Section {
  const shown = report.periods.slice(-limit(shownPeriods));
  const points = report.policies.map(
    (policy) => new Map(policy.points.map((point) => [point.period, point])),
  );
  return {
    id: 'periods',
    title: 'The figures',
    body: [
      html`<div class="scroll" tabindex="0" role="region" aria-label="The figures by period">${dataTable({
        caption: html`<code>${report.metric}</code> by period and policy`,
        columns: [
          { label: 'Period' },
          ...report.policies.map(({ name }) => ({ label: policyWords(name), kind: 'number' as const })),
        ],
        rows: shown.map((period) => ({
          cells: [dataText(period, 30), ...points.map((own) => pointCell(own.get(period)))],
        })),
      })}</div>`,
      omittedNote(report.periods.length, shown.length, 'periods', 'replay.json'),
    ],
  };
}

function pointCell(point: ReplayPoint | undefined): Child {
  if (!point || point.value === null) return '–';
  return html`<b>${formatEstimate(point)}</b><span class="interval">${point.low === null ? 'no interval' : formatInterval(point.low, point.high)}</span><span class="sub">${dataText(point.model, 20)}, ${formatCount(point.rows)} rows</span>`;
}
