import { pipelineNamePattern } from '../../../shared/config/sections/pipeline-name.ts';
import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import type { Tag } from '../../../shared/forge/ports/tags.ts';
import { IntegrityError, messageOf } from '../../../shared/platform/errors.ts';
import { parseGtoTag } from '../../../shared/release/registry/gto-tag.ts';
import { type Registry, readRegistry } from '../../../shared/release/registry/registry.ts';
import type { PipelineSite } from '../../../shared/site/site-input.ts';
import { historyBranch, historyFile, parseHistory } from '../../drift-check/history.ts';
import { fetchReleased, type ReleasedVersion } from '../production.ts';
import { type PagesPorts, pipelineSite, type ReleasedPipeline } from './pages-target-pipeline.ts';

/** The version that is being deployed: it has no stage yet. */
export interface PendingVersion {
  readonly released: ReleasedVersion;
  readonly environment: string;
}

/** What the site shows of a pipeline, and the version that it predicts with. */
export interface CollectedPipeline {
  readonly site: PipelineSite;
  readonly live: ReleasedVersion;
}

/**
 * Every pipeline of the repository that has a version in an environment, found by its tags; each with the version in
 * `production`, or else in the environment that was assigned last. A pipeline whose release cannot be used is left out
 * with a warning, except the pending one.
 *
 * @param pending is shown as it is about to be; absent, the site shows what the tags say.
 * @throws IntegrityError when the pending version's release is damaged.
 */
export async function collectPipelines(
  ports: PagesPorts,
  pending?: PendingVersion,
): Promise<readonly CollectedPipeline[]> {
  const tags = await ports.forge.tags.list('');
  const collected: CollectedPipeline[] = [];
  for (const name of pipelineNames(tags)) {
    const registry = readRegistry(tags, name);
    const isPending = pending?.released.bundle.manifest.name === name;
    const one = isPending
      ? await collect({ registry, live: pending.released, stage: pending.environment }, ports)
      : await collectOther(registry, ports);
    if (one) collected.push(one);
  }
  return collected;
}

/** Names of registrations that can be a pipeline's; other artifacts of GTO may have others. */
function pipelineNames(tags: readonly Tag[]): readonly string[] {
  const names = tags.flatMap(({ name }) => {
    const event = parseGtoTag(name);
    return event?.kind === 'registration' && pipelineNamePattern.test(event.artifact) ? [event.artifact] : [];
  });
  return [...new Set(names)].sort();
}

async function collect(
  pipeline: Omit<ReleasedPipeline, 'history'>,
  ports: PagesPorts,
): Promise<CollectedPipeline> {
  const history = await historyOf(pipeline.registry.artifact, ports);
  return { site: await pipelineSite({ ...pipeline, history }, ports), live: pipeline.live };
}

/** What is wrong with one pipeline's release does not keep the others from being shown. */
async function collectOther(registry: Registry, ports: PagesPorts): Promise<CollectedPipeline | undefined> {
  const stage = shownStage(registry);
  const version = stage === undefined ? undefined : registry.stages.get(stage);
  if (stage === undefined || !version) {
    ports.logger.debug(`${registry.artifact} is not on the site: no version of it has an environment`);
    return undefined;
  }
  try {
    const live = await fetchReleased(registry.artifact, version, ports.forge);
    if (live) return await collect({ registry, live, stage }, ports);
    ports.logger.warn(
      `${registry.artifact} is not on the site: ${version.tag} has no published release here`,
    );
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    ports.logger.warn(`${registry.artifact} is not on the site: ${messageOf(error)}`);
  }
  return undefined;
}

/** Which stage counts: a pipeline's ciclo.yml would say it, and cannot be read here. */
function shownStage({ stages, assignments }: Registry): string | undefined {
  if (stages.has('production')) return 'production';
  return assignments.map(({ stage }) => stage).findLast((stage) => stages.has(stage));
}

/** What checks found. A history that cannot be read is said to be so, and the site made without it. */
async function historyOf(name: string, { forge, logger }: PagesPorts): Promise<readonly HistoryLine[]> {
  const head = await forge.branches.head(historyBranch);
  if (head === undefined) return [];
  const file = historyFile(name);
  try {
    const text = await forge.contents.read(file, head);
    return text === undefined ? [] : parseHistory(text, file);
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    logger.warn(`the site has no history of ${name}: ${messageOf(error)}`);
    return [];
  }
}
