import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { git } from './git.ts';

/** The local forge of a pipeline's repository. */
export interface LocalHost {
  readonly forge: Forge;
  /** The repository's root. */
  readonly repository: string;
}

/**
 * The code host on this machine: the git repository that ciclo.yml is in, and the folder `.ciclo/forge` at its root for
 * releases, deployments, pull requests and issues. As on any code host, all pipelines of the repository share it.
 *
 * @returns undefined when it is in no git repository.
 * @throws SystemError when it is in one that git is not there to read, or refuses to: that is not the same as none.
 */
export async function findLocalHost(config: string): Promise<LocalHost | undefined> {
  const directory = path.dirname(config);
  if (!isInRepository(directory)) return undefined;
  const repository = await git(directory, ['rev-parse', '--show-toplevel'], 'looking for the git repository');
  const { createLocalForge } = await import('../../shared/forge/local/local-forge.ts');
  const folder = path.join(repository, '.ciclo', 'forge');
  return {
    repository,
    forge: createLocalForge({ repository, folder, author: 'ciclo', name: 'local/local' }),
  };
}

/** As {@link findLocalHost}. @throws ConfigurationError when it is in no git repository. */
export async function requireLocalHost(config: string): Promise<LocalHost> {
  const host = await findLocalHost(config);
  if (host) return host;
  throw new ConfigurationError(
    `${config} is in no git repository, and versions are tags of one: git init, commit, and run it again`,
  );
}

/** The commit that is checked out. @throws ConfigurationError before the first one. */
export async function headCommit(repository: string): Promise<string> {
  const doing = `looking for the commit that is checked out in ${repository}`;
  const commit = await git(repository, ['rev-parse', '--verify', '--quiet', 'HEAD'], doing);
  if (commit !== '') return commit;
  throw new ConfigurationError(
    `the repository ${repository} has no commit yet, and a version is a tag on one: commit first`,
  );
}

/** Files that differ from the commit, at most as git names them. */
export async function uncommitted(repository: string, files: readonly string[]): Promise<string[]> {
  const paths = files.map((file) => path.resolve(file));
  const status = await git(
    repository,
    ['status', '--porcelain', '--ignored', '--', ...paths],
    'looking for what is not committed',
  );
  return status.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
}

/** Whether the folder, or one above it, has what git looks for. */
export function isInRepository(directory: string): boolean {
  const folder = path.resolve(directory);
  if (existsSync(path.join(folder, '.git'))) return true;
  const parent = path.dirname(folder);
  return parent !== folder && isInRepository(parent);
}
