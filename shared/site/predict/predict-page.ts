// The page that predicts: its form, the row that it starts with, the data that its script reads.
import { type DirectBundle, isDirect } from '../../model/predictor/model-bundle.ts';
import { dataText, html, type Markup, trusted } from '../../report/markup/html.ts';
import { formatSize } from '../../text/sizes.ts';
import { formElement, modelElement, type PageData, type PageModelData } from '../data.ts';
import { renderSitePage } from '../frame.ts';
import { pageScript } from '../generated/page-script.ts';
import { masthead, siteFooter } from '../masthead.ts';
import type { PipelineSite } from '../site-input.ts';
import { apiPage } from './api-page.ts';
import { basisOf } from './basis.ts';
import { formMarkup } from './form.ts';
import { modelDataOf } from './model-data.ts';
import { embeddedJson, pageDataOf } from './page-data.ts';

/** index.html of a pipeline: the form, the answer and how it changes; of a model that no browser runs, where it answers. */
export function predictPage(site: PipelineSite): string {
  const { model } = site;
  return isDirect(model) ? formPage(site, model) : apiPage(site);
}

function formPage(site: PipelineSite, model: DirectBundle): string {
  const modelData = modelDataOf(model);
  const data = pageDataOf(site);
  const { schema } = model;
  const target = schema.columns.find(({ name }) => name === schema.target);
  const body = html`<div class="page">
${masthead(site, 'index.html')}
<main id="content" tabindex="-1">
<div class="predict">
<section class="answer" aria-labelledby="answer-title">
<h2 id="answer-title" class="answer-title">Predicted ${dataText(schema.target)}</h2>
${target?.description ? html`<p class="answer-sub">${dataText(target.description, 120)}</p>` : ''}
<div id="answer"><p class="answer-sub loading">The model is loading: ${formatSize(modelData.numbers.length * 0.75)}.</p><noscript><p>The prediction is made by a script on this page, which your browser does not run.</p></noscript></div>
<p class="answer-basis">${basisOf(site)}</p>
<p id="announcement" class="visually-hidden" role="status"></p>
</section>
<section class="inputs" aria-labelledby="inputs-title">
<h2 id="inputs-title">Input</h2>
<p class="lead">The fields start with a typical row of the training data. Change them, and the answer follows.</p>
${formMarkup(data.fields)}
<details><summary>This row as JSON</summary><div class="details-body"><pre id="record" tabindex="0" aria-label="The row as JSON"></pre>
<p class="note">What the prediction server takes at <code>/predict</code>.</p></div></details>
</section>
</div>
<section aria-labelledby="effects-title">
<h2 id="effects-title">How the answer changes</h2>
<p class="lead" id="effects-lead">Each chart moves one feature and keeps the others as they are. It shows <b id="effects-measured">the answer</b>, on the same scale in all of them. Click into a chart to take its value.</p>
<div id="effects" class="effects"></div>
<div class="form-end"><button type="button" class="button" id="all-effects" hidden></button></div>
</section>
</main>
${siteFooter()}
</div>`;
  return renderSitePage({
    title: `${site.name}: predict ${schema.target}`,
    description: site.description ?? `Predicts ${schema.target} in the browser.`,
    body,
    script: {
      data: jsonElement(formElement, data),
      code: pageScript,
      later: jsonElement(modelElement, modelData),
    },
  });
}

function jsonElement(id: string, data: PageData | PageModelData): Markup {
  return html`<script type="application/json" id="${id}">${trusted(embeddedJson(data))}</script>`;
}
