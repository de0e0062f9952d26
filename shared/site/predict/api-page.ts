import { typicalRow, writtenRow } from '../../dataset/recipe/typical-row.ts';
import { dataText, html } from '../../report/markup/html.ts';
import { renderSitePage } from '../frame.ts';
import { liveVersion, masthead, safeHref, siteFooter } from '../masthead.ts';
import type { PipelineSite } from '../site-input.ts';
import { basisOf } from './basis.ts';

/** index.html of a model that no browser runs: what it was measured at, and how its server is asked. */
export function apiPage(site: PipelineSite): string {
  const { schema, recipe } = site.model;
  const live = liveVersion(site);
  const bundle = `${site.name}-${live?.version ?? 'v1.0.0'}.zip`;
  const record = JSON.stringify(writtenRow(schema, typicalRow(schema, recipe)), null, 2);
  const body = html`<div class="page">
${masthead(site, 'index.html')}
<main id="content" tabindex="-1">
<section aria-labelledby="api-title">
<h2 id="api-title">Predicted ${dataText(schema.target)}: by its server</h2>
<p class="lead">This model cannot be run on this page. It is an ONNX model, which ONNX Runtime runs, and that is not part of a browser. Its prediction server answers over HTTP.</p>
<p class="answer-basis">${basisOf(site)}</p>
<p>The server is started by <code>ciclo serve ${bundle}</code>, with the bundle of the release${live?.href === undefined ? '' : html` <a href="${safeHref(live.href)}">${dataText(live.version, 30)}</a>`}; or in the folder of a release that has a server ready to run, by its README.</p>
<h3>What it is asked</h3>
<p>A record, sent to <code>POST /predict</code>. This is a typical one:</p>
<pre id="record" tabindex="0" aria-label="A typical record as JSON">${record}</pre>
</section>
</main>
${siteFooter('Nothing is computed on this page.')}
</div>`;
  return renderSitePage({
    title: `${site.name}: predict ${schema.target}`,
    description: site.description ?? `Predicts ${schema.target} over HTTP.`,
    body,
  });
}
