import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';

const run = promisify(execFile);

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
 */
export async function findLocalHost(config: string): Promise<LocalHost | undefined> {
  const directory = path.dirname(config);
  const repository = await git(directory, 'rev-parse', '--show-toplevel');
  if (repository === undefined) return undefined;
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
  const commit = await git(repository, 'rev-parse', '--verify', 'HEAD');
  if (commit !== undefined) return commit;
  throw new ConfigurationError(
    `the repository ${repository} has no commit yet, and a version is a tag on one: commit first`,
  );
}

/** Files that differ from the commit, at most as git names them. */
export async function uncommitted(repository: string, files: readonly string[]): Promise<string[]> {
  const status = await git(
    repository,
    'status',
    '--porcelain',
    '--',
    ...files.map((file) => path.resolve(file)),
  );
  return (status ?? '').split('\n').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
}

/** What git prints; undefined when it refuses or is not there. */
async function git(folder: string, ...words: string[]): Promise<string | undefined> {
  return run('git', ['-C', folder, ...words], { encoding: 'utf8' }).then(
    ({ stdout }) => stdout.trimEnd(),
    () => undefined,
  );
}
