import path, { type PlatformPath } from 'node:path';

/**
 * A file's path from a folder as locks, manifests and git write it on every system: with forward slashes.
 *
 * @param system whose paths they are; that of this machine, but in tests.
 */
export function slashedPath(folder: string, file: string, system: PlatformPath = path): string {
  return system.relative(folder, file).replaceAll(system.sep, '/');
}

/** Whether a file is a folder, or lies somewhere in it. Both are absolute. */
export function isWithin(folder: string, file: string, system: PlatformPath = path): boolean {
  const way = system.relative(folder, file);
  // A drive of its own has no relative way to it.
  return !(way === '..' || way.startsWith(`..${system.sep}`) || system.isAbsolute(way));
}
