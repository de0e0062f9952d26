import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../../scripts/package-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The package in a project that has nothing else. */
export interface InstalledPackage {
  /** Everything that was made: to be removed. */
  readonly folder: string;
  /** Folder of the project. */
  readonly project: string;
  /** The program that npm has put on the project's path. */
  readonly program: string;
}

/** Builds the package, packs it, and installs the archive without a network: it needs nothing that is not in it. */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo package '));
  const built = path.join(folder, 'npm');
  const project = path.join(folder, 'a project');
  await buildPackage(root, built);
  await mkdir(project);
  await writeFile(path.join(project, 'package.json'), '{ "private": true }\n');
  const npm = (cwd: string, ...words: string[]): string =>
    execFileSync('npm', [...words, '--cache', path.join(folder, 'cache'), '--silent'], {
      cwd,
      encoding: 'utf8',
    });
  const archive = npm(built, 'pack', '--pack-destination', folder).trim();
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', path.join(folder, archive));
  return { folder, project, program: path.join(project, 'node_modules', '.bin', 'ciclo') };
}

/** The packages in a project's node_modules, by name. */
export async function packagesIn(project: string): Promise<string[]> {
  const modules = path.join(project, 'node_modules');
  const names = (await readdir(modules)).filter((name) => !name.startsWith('.'));
  const scoped = names.map(async (name) =>
    name.startsWith('@')
      ? (await readdir(path.join(modules, name))).map((inner) => `${name}/${inner}`)
      : [name],
  );
  return (await Promise.all(scoped)).flat();
}
