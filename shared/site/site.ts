// The static site: predict in the browser, model card, versions, drift history. A room for each page.
import { pipelineNamePattern } from '../config/sections/pipeline-name.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { badgeFile, badgeOf, formatBadge } from './badge.ts';
import { cardPage } from './card/card-page.ts';
import { historyPage } from './history/history-page.ts';
import { indexPage } from './index-page.ts';
import { predictPage } from './predict/predict-page.ts';
import type { PipelineSite, SiteInput } from './site-input.ts';
import { formatSummary, summaryOf } from './summary.ts';
import { versionsPage } from './versions/versions-page.ts';

/**
 * The static site as files by path: `index.html`, and for each pipeline `<name>/index.html` (predict), `card.html`,
 * `versions.html`, `history.html` (after the first drift check), `report.html` (as given), `summary.json` and `badge.json`.
 *
 * Pages load nothing, link relatively, and run from any folder of a server and from file://. The same input gives the
 * same bytes.
 *
 * @throws ConfigurationError for a name that cannot be a folder or comes twice; IntegrityError when a model's files do
 * not fit together.
 */
export async function renderSite({ pipelines, others = [] }: SiteInput): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const own = pipelines.map(summaryOf);
  const kept = others.filter(({ name }) => own.every((one) => one.name !== name));
  const listed = [...own, ...kept].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  checkNames(listed.map(({ name }) => name));
  const encoder = new TextEncoder();
  files.set('index.html', encoder.encode(indexPage(listed)));
  for (const pipeline of pipelines) {
    for (const [name, text] of pipelineFiles(pipeline))
      files.set(`${pipeline.name}/${name}`, encoder.encode(text));
  }
  return files;
}

function pipelineFiles(site: PipelineSite): [string, string][] {
  checkLive(site);
  const history = historyPage(site);
  return [
    ['index.html', predictPage(site)],
    ['card.html', cardPage(site)],
    ['versions.html', versionsPage(site)],
    ...(history === undefined ? [] : [['history.html', history] satisfies [string, string]]),
    ...(site.report === undefined ? [] : [['report.html', site.report] satisfies [string, string]]),
    ['summary.json', formatSummary(summaryOf(site))],
    [badgeFile, formatBadge(badgeOf(site))],
  ];
}

function checkNames(names: readonly string[]): void {
  for (const [i, name] of names.entries()) {
    if (!pipelineNamePattern.test(name)) {
      throw new ConfigurationError(
        `cannot make the site: ${quote(name)} is not a name for a pipeline's folder; write small letters, digits and hyphens`,
      );
    }
    if (names.indexOf(name) !== i) {
      throw new ConfigurationError(
        `cannot make the site: two pipelines are called ${quote(name)}; each needs a folder of its own`,
      );
    }
  }
}

function checkLive({ name, versions }: PipelineSite): void {
  const live = versions.filter((version) => version.live).map(({ version }) => version);
  if (live.length > 1) {
    throw new ConfigurationError(
      `cannot make the site of ${quote(name)}: ${live.join(' and ')} are all said to be live; one version can be`,
    );
  }
}
