import type { NewCommit } from '../ports/branches.ts';
import { ForgeError } from '../ports/forge-error.ts';
import type { GitHubSession } from './session.ts';

/** A commit's tree and what it was built on. */
export interface CommitObject {
  readonly tree: string;
  readonly parents: readonly string[];
}

const write = 'contents: write';

/** Reads a commit's object. */
export function readCommit(
  { client, repository, attempt }: GitHubSession,
  sha: string,
  doing: string,
): Promise<CommitObject> {
  return attempt({ doing, permission: write }, async () => {
    const { data } = await client.rest.git.getCommit({ ...repository, commit_sha: sha });
    return { tree: data.tree.sha, parents: data.parents.map((parent) => parent.sha) };
  });
}

/**
 * Makes the tree of `files` over the one of the commit `over`. Made twice it is the same, so it may be sent again; nobody
 * sees it until a ref leads there.
 */
export async function createTree(
  session: GitHubSession,
  { over, files }: { readonly over: string | undefined; readonly files: NewCommit['files'] },
  doing: string,
): Promise<string> {
  const { client, repository, repeatable, attempt } = session;
  const base = over === undefined ? undefined : await readCommit(session, over, doing);
  const tree: { path: string; mode: '100644'; type: 'blob'; sha?: string | null; content?: string }[] = [];
  for (const [path, content] of files) {
    const entry = { path, mode: '100644', type: 'blob' } as const;
    if (typeof content === 'string') tree.push({ ...entry, content });
    else if (content !== null) tree.push({ ...entry, sha: await createBlob(session, content, doing) });
    // GitHub refuses to delete what is not there.
    else if (over !== undefined && (await isThere(session, path, over, doing)))
      tree.push({ ...entry, sha: null });
  }
  if (base && tree.length === 0) return base.tree;
  const request = { ...repository, ...repeatable, tree, ...(base ? { base_tree: base.tree } : {}) };
  const { data } = await attempt({ doing, permission: write }, () => client.rest.git.createTree(request));
  return data.sha;
}

async function createBlob(
  { client, repository, repeatable, attempt }: GitHubSession,
  bytes: Uint8Array,
  doing: string,
): Promise<string> {
  const content = Buffer.from(bytes).toString('base64');
  const request = { ...repository, ...repeatable, content, encoding: 'base64' };
  const { data } = await attempt({ doing, permission: write }, () => client.rest.git.createBlob(request));
  return data.sha;
}

async function isThere(
  { client, repository, attempt }: GitHubSession,
  path: string,
  ref: string,
  doing: string,
): Promise<boolean> {
  try {
    await attempt({ doing, permission: write }, () =>
      client.rest.repos.getContent({ ...repository, path, ref }),
    );
    return true;
  } catch (error) {
    if (error instanceof ForgeError && error.status === 404) return false;
    throw error;
  }
}

/**
 * Without author and committer, so that GitHub signs it when an app or a workflow asks; made twice, one of the two is
 * never seen.
 */
export async function createCommit(
  { client, repository, repeatable, attempt }: GitHubSession,
  commit: { readonly message: string; readonly tree: string; readonly parents: string[] },
  doing: string,
): Promise<string> {
  const request = { ...repository, ...repeatable, ...commit };
  const { data } = await attempt({ doing, permission: write }, () => client.rest.git.createCommit(request));
  return data.sha;
}
