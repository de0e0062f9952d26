import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const bumps = ['patch', 'minor', 'major'] as const;

/** How far a release raises the version. */
export type Bump = (typeof bumps)[number];

/** What a changeset says of this package in its head. @returns undefined when it says nothing of it. */
export function bumpOf(changeset: string): Bump | undefined {
  const [, head] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(changeset) ?? [];
  const [, bump] = /^['"]?ciclo['"]?:\s*(patch|minor|major)\s*$/m.exec(head ?? '') ?? [];
  return bump as Bump | undefined;
}

/** The version after `current`: raised by the largest of some bumps, as changesets raises it, or as it is without any. */
export function raised(current: string, given: readonly Bump[]): string {
  const [major = 0, minor = 0, patch = 0] = current.split('.').map(Number);
  switch (bumps.findLast((bump) => given.includes(bump))) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
    default:
      return current;
  }
}

/** The version of a checkout's package.json, and the one that a release would make of its changesets. */
export async function versionsOf(root: string): Promise<{ current: string; next: string }> {
  const { version: current } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = path.join(root, '.changeset');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  return {
    current,
    next: raised(
      current,
      texts.map(bumpOf).filter((bump) => bump !== undefined),
    ),
  };
}
