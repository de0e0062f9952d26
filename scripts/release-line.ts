import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Git, gitOf } from './git.ts';
import { isNewest, releaseTags } from './release-version.ts';

/** A release to publish. */
export interface Release {
  /** A checkout of the project with its whole history. */
  readonly repository: string;
  /** Folder of the release tree. */
  readonly tree: string;
  /** `1.2.3` */
  readonly version: string;
  /** The commit of main that the tree was built from. */
  readonly source: string;
}

/** What was done. */
export interface Published {
  readonly commit: string;
  /** False when an earlier attempt had pushed it already. */
  readonly created: boolean;
  /** False when a newer version of the same major is there: v1 stays with that. */
  readonly moved: boolean;
}

/** The tree's object in git, made through an index of its own: the checkout is left alone. */
async function writeTree(git: Git, tree: string): Promise<string> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-index-'));
  const environment = { GIT_INDEX_FILE: path.join(scratch, 'index'), GIT_WORK_TREE: path.resolve(tree) };
  try {
    const attributes = ['-c', 'core.autocrlf=false', '-c', 'core.attributesFile=/dev/null'];
    git([...attributes, 'add', '--all', '--force', '.'], environment);
    return git(['write-tree'], environment);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function remoteRefs(git: Git): Map<string, string> {
  const lines = git(['ls-remote', 'origin']).split('\n');
  return new Map(lines.map((line) => line.split('\t') as [string, string]).map(([id, name]) => [name, id]));
}

/**
 * Commits the release tree to the release line, `releases/v1`, tags it `v1.2.3` and moves `v1`: all in one push, which
 * happens whole or not at all. Run again after a crash, at any point, it makes nothing twice.
 *
 * @throws Error when the tag is there with another tree: a version never changes.
 */
export async function publishRelease({ repository, tree, version, source }: Release): Promise<Published> {
  const git = gitOf(repository);
  const { exact, major } = releaseTags(version);
  const line = `refs/heads/releases/${major}`;
  const refs = remoteRefs(git);
  const content = await writeTree(git, tree);
  const tags = [...refs.keys()].flatMap((name) => (name.startsWith('refs/tags/') ? [name.slice(10)] : []));
  const moves = isNewest(version, tags);
  const before = refs.get(`refs/tags/${exact}^{}`) ?? refs.get(`refs/tags/${exact}`);
  if (before !== undefined) {
    git(['fetch', '--quiet', 'origin', `refs/tags/${exact}`]);
    if (git(['rev-parse', `${before}^{tree}`]) !== content) {
      throw new Error(`${exact} is released already, with other content: raise the version in package.json`);
    }
    if (moves && refs.get(`refs/tags/${major}`) !== before) {
      git(['push', '--quiet', 'origin', `+${before}:refs/tags/${major}`]);
    }
    return { commit: before, created: false, moved: moves };
  }
  const tip = refs.get(line);
  if (tip !== undefined) git(['fetch', '--quiet', 'origin', line]);
  const parents = [...(tip === undefined ? [] : [tip]), source].flatMap((id) => ['-p', id]);
  const commit = git(['commit-tree', content, ...parents, '-m', `${exact}\n\nBuilt from ${source}`]);
  git(['tag', '--annotate', '--force', exact, commit, '--message', exact]);
  git([
    ...['push', '--quiet', '--atomic', 'origin'],
    `${commit}:${line}`,
    `refs/tags/${exact}:refs/tags/${exact}`,
    ...(moves ? [`+${commit}:refs/tags/${major}`] : []),
  ]);
  return { commit, created: true, moved: moves };
}
