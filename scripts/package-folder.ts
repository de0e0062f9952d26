import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleProgram } from './package-bundle.ts';
import { packageManifest } from './package-manifest.ts';
import { absoluteLinks } from './relative-links.ts';
import { project } from './release-tree.ts';

/** What lies beside the manifest as it is in the repository. */
const copied = ['LICENSE', 'NOTICE', 'ciclo.schema.json', 'schemas'];

/**
 * Builds the folder that is published on npm (docs/adr/0042-npm-package.md). It replaces `output` when it is complete.
 *
 * @param root the project's folder.
 */
export async function buildPackage(root: string, output: string): Promise<void> {
  const unfinished = `${output}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.join(unfinished, 'dist'), { recursive: true });
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await writeFile(
    path.join(unfinished, 'package.json'),
    `${JSON.stringify(packageManifest(manifest), null, 2)}\n`,
  );
  for (const name of copied)
    await cp(path.join(root, name), path.join(unfinished, name), { recursive: true });
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  await writeFile(path.join(unfinished, 'README.md'), absoluteLinks(readme, project, copied));
  await bundleProgram(root, path.join(unfinished, 'dist'));
  await rm(output, { recursive: true, force: true });
  await rename(unfinished, output);
}
