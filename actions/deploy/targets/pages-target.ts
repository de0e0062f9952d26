import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { firstLoadAdvice } from '../../../shared/site/first-load.ts';
import { renderSite } from '../../../shared/site/site.ts';
import type { DeployPorts } from '../deploy-inputs.ts';
import type { CollectedPipeline } from './pages-target-site.ts';
import { collectPipelines } from './pages-target-site.ts';
import { smokeTestSite } from './pages-target-smoke.ts';
import type { Target, TargetInput } from './target.ts';

/** The static site: this pipeline's pages with the version as it is about to be live, and those of all others. */
export const pagesTarget: Target = {
  name: 'pages',
  folder: 'site',
  async write({ released, environment }: TargetInput, folder: string, ports: DeployPorts): Promise<void> {
    const large = await writeSiteFiles(await collectPipelines(ports, { released, environment }), folder);
    for (const advice of large) ports.logger.warn(advice);
  },
  smoke: ({ released }: TargetInput, folder: string): Promise<readonly string[]> =>
    smokeTestSite(folder, released),
};

/**
 * Writes the pages into an empty folder.
 *
 * @returns what to say about pages that take long to load, a sentence for each.
 */
export async function writeSiteFiles(
  pipelines: readonly CollectedPipeline[],
  folder: string,
): Promise<readonly string[]> {
  const files = await renderSite({ pipelines: pipelines.map(({ site }) => site) });
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return pipelines.flatMap(({ site }) => firstLoadAdvice(site, files.get(`${site.name}/index.html`)!) ?? []);
}
