import { createRequire } from 'node:module';
import path from 'node:path';

/** Where an optional package is looked for: beside these, in what lies above them, and beside Ciclo itself. */
export interface PackagePlaces {
  /** Folders that it is resolved from, the first first: that of ciclo.yml. */
  readonly folders: readonly string[];
  /** Asked when no folder has it: installs it, and gives the folder that it is resolved from then. */
  install?(): Promise<string>;
}

/**
 * The file of an optional package that is to be loaded.
 *
 * @returns undefined when it is nowhere.
 */
export async function findPackage(
  name: string,
  { folders, install }: PackagePlaces,
): Promise<string | undefined> {
  for (const folder of [...folders, import.meta.dirname]) {
    const file = resolvedFrom(folder, name);
    if (file !== undefined) return file;
  }
  const installed = await install?.();
  return installed === undefined ? undefined : resolvedFrom(installed, name);
}

/** The first of some folders that a package can be resolved from; undefined when it is in none of them. */
export function folderWith(name: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => resolvedFrom(folder, name) !== undefined);
}

function resolvedFrom(folder: string, name: string): string | undefined {
  try {
    return createRequire(path.join(path.resolve(folder), 'package.json')).resolve(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
