import { dataText, html, type Markup } from '../report/markup/html.ts';
import { metricUnit, metricWords } from '../report/metric-words.ts';
import { formatCount } from '../text/counts.ts';
import { formatEstimate, formatInterval } from '../text/number-format.ts';
import { renderSitePage } from './frame.ts';
import { siteFooter } from './masthead.ts';
import type { PipelineSummary } from './site-input.ts';

/** index.html of the site: every pipeline, by name. */
export function indexPage(pipelines: readonly PipelineSummary[]): string {
  return renderSitePage({
    title: 'Models',
    description: aboutOf(pipelines.length),
    body: html`<a class="skip" href="#content">Skip to the models</a>
<div class="page">
<header class="masthead"><h1>Models</h1>
<p class="purpose">${aboutOf(pipelines.length)}</p></header>
<main id="content" tabindex="-1"><ul class="models">${pipelines.map(
      (pipeline) => html`<li>${modelMarkup(pipeline)}</li>
`,
    )}</ul></main>
${siteFooter()}
</div>`,
  });
}

function aboutOf(count: number): string {
  const parts = 'card, its evaluation and its history.';
  return count === 1
    ? `A model to predict with, its ${parts}`
    : `${formatCount(count)} models to predict with, each with its ${parts}`;
}

const kinds = {
  regression: 'a number',
  binary: 'one of two classes',
  multiclass: 'one of several classes',
} as const;

function modelMarkup(summary: PipelineSummary): Markup {
  const { name, description, task, target, version, versions } = summary;
  return html`<section class="model" aria-labelledby="model-${name}">
<div class="name-line"><h2 id="model-${name}"><a href="${name}/index.html">${dataText(name)}</a></h2>${
    version === undefined
      ? ''
      : html`<p class="live-tag"><span class="dot"></span>${dataText(version, 30)} live</p>`
  }</div>
${description === undefined ? '' : html`<p class="purpose">${dataText(description, 300)}</p>`}
<dl class="model-facts">
<div><dt>Predicts</dt><dd>${dataText(target)}<span class="sub">${kinds[task]}</span></dd></div>
${metricFact(summary)}
<div><dt>Versions</dt><dd>${formatCount(versions)}${summary.date === undefined ? '' : html`<span class="sub">the live one of ${summary.date.slice(0, 10)}</span>`}</dd></div>
</dl>
</section>`;
}

function metricFact({ metric, unit }: PipelineSummary): Markup | undefined {
  if (!metric) return undefined;
  const shownUnit = metricUnit(metric.name, unit);
  return html`<div><dt><code>${metric.name}</code> <span class="visually-hidden">(${metricWords(metric.name).title})</span></dt><dd>${formatEstimate(metric)}${shownUnit ? html` ${dataText(shownUnit, 20)}` : ''}${
    metric.low === null || metric.high === null
      ? ''
      : html`<span class="sub">${formatInterval(metric.low, metric.high)}</span>`
  }</dd></div>`;
}
