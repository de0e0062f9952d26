import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';
import { temporaryBeside } from '../../../shared/platform/unfinished.ts';
import { writeSiteFiles } from './pages-target.ts';
import type { PagesPorts } from './pages-target-pipeline.ts';
import { collectPipelines } from './pages-target-site.ts';
import { smokeTestSite } from './pages-target-smoke.ts';

/** Says that a folder is a site of Ciclo's, which may be replaced. */
const marker = '.ciclo-site';

/** A site that was written. */
export interface WrittenSite {
  readonly folder: string;
  /** By name, each with the version that its page predicts with: `v1.2.0`. */
  readonly pipelines: readonly { readonly name: string; readonly version: string }[];
  /** What pages answer differently than was stored; empty when all is well. */
  readonly differences: readonly string[];
  /** What to say about pages that take long to load; empty when none does. */
  readonly large: readonly string[];
}

/**
 * Makes the site of all pipelines that have a version in an environment, from their releases, and tries every page. The
 * folder is replaced at once, when everything is there.
 *
 * @throws ConfigurationError when there is nothing to show, or the folder holds something else than a site.
 */
export async function writeSite(
  { folder }: { readonly folder: string },
  ports: PagesPorts,
): Promise<WrittenSite> {
  await checkReplaceable(folder);
  const pipelines = await collectPipelines(ports);
  if (pipelines.length === 0) {
    throw new ConfigurationError(
      'there is no site to make: no pipeline of this repository has a released version in an environment; deploy one first',
    );
  }
  const parent = path.dirname(folder);
  const temporary = temporaryBeside(parent, 'site');
  const differences: string[] = [];
  const large: string[] = [];
  try {
    await mkdir(temporary, { recursive: true });
    large.push(...(await writeSiteFiles(pipelines, temporary)));
    await writeFile(path.join(temporary, marker), 'Made by Ciclo, which replaces this folder.\n');
    for (const { live } of pipelines) differences.push(...(await smokeTestSite(temporary, live)));
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return {
    folder,
    pipelines: pipelines.map(({ live: { bundle } }) => ({
      name: bundle.manifest.name,
      version: bundle.manifest.version,
    })),
    differences,
    large,
  };
}

/** Nobody's files are removed by a slip in the name of a folder. */
async function checkReplaceable(folder: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code !== 'ENOTDIR') throw error;
    throw new ConfigurationError(`${quote(folder)} is a file: name a folder for the site`);
  });
  if (names.length === 0 || names.includes(marker)) return;
  throw new ConfigurationError(
    `${quote(folder)} holds other files than a site (${names.slice(0, 3).join(', ')}): name an empty folder, or one that does not exist`,
  );
}
