import { type Badge, badgeOf, badgeWithoutVersion } from '../../shared/site/badge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { PagesPorts } from './targets/pages-target-pipeline.ts';
import { collectPipelines } from './targets/pages-target-site.ts';

/** The badge that the site has of a pipeline, from tags, releases and history. */
export async function pipelineBadge({ name }: Pick<Pipeline, 'name'>, ports: PagesPorts): Promise<Badge> {
  const pipelines = await collectPipelines(ports);
  const own = pipelines.find(({ site }) => site.name === name);
  return own ? badgeOf(own.site) : badgeWithoutVersion(name);
}
