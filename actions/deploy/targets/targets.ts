// Where a version runs after it is released: a target a file, each with its smoke test.

import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../../shared/config/sections/schema.ts';
import { temporaryBeside } from '../../../shared/platform/unfinished.ts';
import type { DeployPorts } from '../deploy-inputs.ts';
import type { Target, TargetInput } from './target.ts';

type TargetName = Config['deploy']['targets'][number];

/** The targets beside the release, which is always made. Each is loaded when it is asked for. */
const loaders: Readonly<Record<Exclude<TargetName, 'release'>, () => Promise<Target>>> = {
  pages: async () => (await import('./pages-target.ts')).pagesTarget,
  server: async () => (await import('./server-target.ts')).serverTarget,
};

/** The targets that ciclo.yml asks for, each once. */
export async function targetsOf(names: readonly TargetName[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const name of new Set(names)) {
    if (name !== 'release') targets.push(await loaders[name]());
  }
  return targets;
}

/** Where a version was put: folders of the run directory by the name of their target. */
export type TargetFolders = Readonly<Record<string, string>>;

/**
 * Writes every target into `<run directory>/release/`. A folder is written beside its place and then renamed, so that it
 * is never half there.
 */
export async function writeTargets(
  targets: readonly Target[],
  input: TargetInput,
  runDirectory: string,
  ports: DeployPorts,
): Promise<TargetFolders> {
  const folders: Record<string, string> = {};
  for (const target of targets) {
    const folder = path.join(runDirectory, 'release', target.folder);
    const temporary = temporaryBeside(runDirectory, 'release');
    await mkdir(temporary, { recursive: true });
    try {
      await target.write(input, temporary, ports);
      await mkdir(path.dirname(folder), { recursive: true });
      // A directory cannot be renamed over one that has files; nothing reads this one meanwhile.
      await rm(folder, { recursive: true, force: true });
      await rename(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    folders[target.name] = folder;
    ports.logger.debug(`the target ${target.name} is in ${folder}`);
  }
  return folders;
}

/** Tries written targets. @returns what differs, each with its target; empty when all is well. */
export async function tryTargets(
  targets: readonly Target[],
  input: TargetInput,
  folders: TargetFolders,
  ports: DeployPorts,
): Promise<readonly string[]> {
  const differences: string[] = [];
  for (const target of targets) {
    const found = await target.smoke(input, folders[target.name]!, ports);
    differences.push(...found.map((difference) => `${target.name}: ${difference}`));
  }
  return differences;
}
