import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import type { Forge } from '../../../shared/forge/ports/forge.ts';
import { releasedCard } from '../../../shared/model/card/released-card.ts';
import { IntegrityError, messageOf } from '../../../shared/platform/errors.ts';
import type { Logger } from '../../../shared/platform/logger.ts';
import type { Bundle } from '../../../shared/release/bundle/bundle.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import type { RegisteredVersion, Registry } from '../../../shared/release/registry/registry.ts';
import { formatVersion } from '../../../shared/release/registry/version.ts';
import { renderEvaluationReport } from '../../../shared/report/evaluation-report.ts';
import { answerUncertainty } from '../../../shared/site/answer-uncertainty.ts';
import type { PipelineSite, SiteVersion } from '../../../shared/site/site-input.ts';
import { shownTime } from '../../../shared/text/shown-time.ts';
import { fetchReleased, type ReleasedVersion } from '../production.ts';

/** So many versions have their metric on the site, the latest ones: each is a download. */
const mostMeasured = 60;

export interface PagesPorts {
  readonly forge: Pick<Forge, 'tags' | 'releases' | 'branches' | 'contents'>;
  readonly logger: Logger;
}

/** A pipeline as its tags and releases describe it. */
export interface ReleasedPipeline {
  readonly registry: Registry;
  /** The version that the site predicts with. */
  readonly live: ReleasedVersion;
  /** The stage that it has, or is about to get. */
  readonly stage: string;
  /** The oldest check first. */
  readonly history: readonly HistoryLine[];
}

/** What the site shows of a pipeline; everything comes out of its releases. */
export async function pipelineSite(pipeline: ReleasedPipeline, ports: PagesPorts): Promise<PipelineSite> {
  const { registry, live, history } = pipeline;
  const { bundle } = live;
  const { description } = bundle.manifest;
  const reader = bundleReader(bundle);
  const evaluation = reader.evaluation();
  const training = reader.training();
  const model = reader.model();
  return {
    name: registry.artifact,
    ...(description === undefined ? {} : { description }),
    model,
    profile: reader.profile(),
    evaluation,
    training,
    ...answerUncertainty(evaluation),
    card: releasedCard(reader.card(), {
      version: formatVersion(live.version.version),
      time: live.version.time,
      commit: live.version.commit,
    }),
    report: await renderEvaluationReport({ evaluation, training, schema: model.schema }),
    versions: await versionsOf(pipeline, ports),
    ...(history.length === 0 ? {} : { history }),
    ...(isPage(live.url) ? { links: [{ label: 'Release', href: live.url }] } : {}),
  };
}

/** Releases of the local forge are folders, to which no page can lead. */
const isPage = (url: string): boolean => /^https?:/.test(url);

async function versionsOf(
  { registry, live, stage }: ReleasedPipeline,
  ports: PagesPorts,
): Promise<SiteVersion[]> {
  const versions: SiteVersion[] = [];
  for (const [i, version] of registry.versions.toReversed().entries()) {
    const isLive = version.tag === live.version.tag;
    const figures = isLive
      ? figuresOf(live)
      : i < mostMeasured
        ? await olderFigures(registry.artifact, version, ports)
        : undefined;
    versions.push({
      version: formatVersion(version.version),
      ...stageOf(registry, version, isLive ? stage : undefined, stage),
      live: isLive,
      date: new Date(version.time * 1000).toISOString(),
      commit: version.commit,
      ...figures,
    });
  }
  return versions;
}

/** What the release of a version adds to what its tags say. */
type ReleasedFigures = Pick<SiteVersion, 'metric' | 'window' | 'href'>;

function figuresOf({ bundle, url }: ReleasedVersion): ReleasedFigures {
  return { ...metricOf(bundle), ...windowOf(bundle), ...(isPage(url) ? { href: url } : {}) };
}

/** What is wrong with an old release does not keep the live one from being shown. */
async function olderFigures(
  name: string,
  version: RegisteredVersion,
  { forge, logger }: PagesPorts,
): Promise<ReleasedFigures | undefined> {
  try {
    const released = await fetchReleased(name, version, forge);
    return released && figuresOf(released);
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    logger.warn(`${version.tag} is on the site without its figures: ${messageOf(error)}`);
    return undefined;
  }
}

/** @param own the stage that the version has or is about to get. @param taken that another one therefore loses. */
function stageOf(
  { stages }: Registry,
  { tag }: RegisteredVersion,
  own: string | undefined,
  taken: string,
): Pick<SiteVersion, 'stage'> {
  const has = [...stages].flatMap(([stage, holder]) =>
    holder.tag === tag && stage !== taken ? [stage] : [],
  );
  const all = own === undefined ? has : [own, ...has];
  return all.length === 0 ? {} : { stage: all.join(', ') };
}

function metricOf(bundle: Bundle): Pick<SiteVersion, 'metric'> {
  const { metrics, primary } = bundleReader(bundle).evaluation();
  const metric = metrics.find(({ name }) => name === primary);
  if (!metric) return {};
  const { name, value, low, high, better } = metric;
  return { metric: { name, value, low, high, better } };
}

function windowOf({ manifest: { window } }: Bundle): Pick<SiteVersion, 'window'> {
  return window ? { window: `until ${shownTime(window.until)}` } : {};
}
