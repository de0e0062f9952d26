import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
    await writeSiteFiles(await collectPipelines(ports, { released, environment }), folder);
  },
  smoke: ({ released }: TargetInput, folder: string): Promise<readonly string[]> =>
    smokeTestSite(folder, released),
};

/** Writes the pages into an empty folder. */
export async function writeSiteFiles(pipelines: readonly CollectedPipeline[], folder: string): Promise<void> {
  const files = await renderSite({ pipelines: pipelines.map(({ site }) => site) });
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
