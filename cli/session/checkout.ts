import path from 'node:path';
import { git } from './git.ts';
import { gitHubRepository } from './github-remote.ts';
import { isInRepository } from './local-host.ts';

/** The git repository that a folder is in, as far as it is known here. */
export interface Checkout {
  readonly root: string;
  /** The folder from the root, with forward slashes; `.` for the root itself. */
  readonly folder: string;
  readonly hasCommits: boolean;
  /** The branch that is checked out; undefined when none is. */
  readonly branch?: string;
  /** The branch that pull requests are made to: the remote's, else the one that is here. */
  readonly defaultBranch: string;
  /** Whether `origin` is known to have the default branch. */
  readonly isPushed: boolean;
  /** Address of `origin`. */
  readonly remote?: string;
  /** `owner/name`, where `origin` is on github.com. */
  readonly gitHub?: string;
}

/** @returns undefined when the folder is in no git repository. @throws SystemError when git is missing, or refuses. */
export async function checkoutOf(folder: string): Promise<Checkout | undefined> {
  if (!isInRepository(folder)) return undefined;
  const ask = (words: readonly string[], doing: string): Promise<string> => git(folder, words, doing);
  const root = await ask(['rev-parse', '--show-toplevel'], 'looking for the git repository');
  const prefix = await ask(['rev-parse', '--show-prefix'], 'looking for the folder in the git repository');
  const head = await ask(
    ['rev-parse', '--verify', '--quiet', 'HEAD'],
    'looking for the commit that is checked out',
  );
  const branch = await ask(
    ['symbolic-ref', '--quiet', '--short', 'HEAD'],
    'looking for the branch that is checked out',
  );
  const remotes = (await ask(['remote'], 'looking for remotes')).split('\n');
  const remote = remotes.includes('origin')
    ? await ask(['remote', 'get-url', 'origin'], 'looking for the address of origin')
    : undefined;
  const defaultBranch = await defaultBranchOf(folder, branch);
  const pushed = await ask(
    ['rev-parse', '--verify', '--quiet', `refs/remotes/origin/${defaultBranch}`],
    'looking for the default branch of origin',
  );
  const gitHub = remote === undefined ? undefined : gitHubRepository(remote);
  return {
    root,
    folder: prefix === '' ? '.' : path.posix.normalize(prefix).replace(/\/$/, ''),
    hasCommits: head !== '',
    ...(branch === '' ? {} : { branch }),
    defaultBranch,
    isPushed: pushed !== '',
    ...(remote === undefined ? {} : { remote }),
    ...(gitHub === undefined ? {} : { gitHub }),
  };
}

async function defaultBranchOf(folder: string, branch: string): Promise<string> {
  const ofRemote = await git(
    folder,
    ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'],
    'looking for the default branch of origin',
  );
  if (ofRemote !== '') return ofRemote.replace(/^origin\//, '');
  const local = (
    await git(folder, ['for-each-ref', '--format=%(refname:short)', 'refs/heads'], 'listing branches')
  ).split('\n');
  return ['main', 'master'].find((name) => local.includes(name)) ?? (branch === '' ? 'main' : branch);
}
