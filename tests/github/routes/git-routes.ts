import { type Call, guarded, jsonBody } from '../access.ts';
import { followBranch, historyOf, shaOf } from '../commit-seed.ts';
import { completeBody } from '../openapi-filler.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import type { Commit, Repository } from '../state.ts';
import { apiOf, type RouteContext } from './context.ts';
import { checkWorkflows, refBody } from './tag-routes.ts';

/** Blobs, trees and commits, and refs that move or go. */
export function gitRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const git = '/repos/{owner}/{repo}/git';
  const route = (
    method: string,
    path: string,
    answer: (context: RouteContext, call: Call) => Answer,
  ): Route => ({
    method,
    path: `${git}/${path}`,
    contract: 'openapi',
    answer: guarded(state, [method === 'GET' ? 'contents=read' : 'contents=write'], (call) =>
      answer(context, call),
    ),
  });
  return [
    route('GET', 'commits/{commit_sha}', readCommit),
    route('POST', 'blobs', createBlob),
    route('POST', 'trees', createTree),
    route('POST', 'commits', createCommit),
    route('PATCH', 'refs/{ref}', updateRef),
    route('DELETE', 'refs/{ref}', deleteRef),
  ];
}

function readCommit(context: RouteContext, { exchange, repository }: Call): Answer {
  const commit = repository.commits.get(exchange.params.commit_sha!);
  if (!commit) throw notFound();
  return { status: 200, body: commitBody(context, exchange, repository, commit) };
}

function createBlob(context: RouteContext, { exchange, repository }: Call): Answer {
  const { content, encoding } = jsonBody(exchange) as { readonly content: string; readonly encoding: string };
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  const sha = shaOf(['blob', bytes]);
  repository.blobs.set(sha, bytes);
  const url = `${apiOf(context, exchange, repository)}/git/blobs/${sha}`;
  return { status: 201, body: completeBody(context.document, 'short-blob', { sha, url }) };
}

interface TreeEntry {
  readonly path: string;
  readonly sha?: string | null;
  readonly content?: string;
}

function createTree(context: RouteContext, { exchange, repository }: Call): Answer {
  const { tree, base_tree: base } = jsonBody(exchange) as {
    readonly tree: readonly TreeEntry[];
    readonly base_tree?: string;
  };
  const files = new Map(base === undefined ? [] : filesOf(repository, base));
  if (tree.length === 0 && base === undefined) throw new Refusal(422, 'Invalid tree info');
  for (const { path, sha, content } of tree) {
    if (sha === null) {
      if (!files.delete(path)) throw new Refusal(422, 'GitRPC::BadObjectState');
    } else files.set(path, content === undefined ? blobOf(repository, sha ?? '') : Buffer.from(content));
  }
  const sha = treeSha(files);
  repository.trees.set(sha, files);
  const url = `${apiOf(context, exchange, repository)}/git/trees/${sha}`;
  const body = completeBody(context.document, 'git-tree', { sha, url, truncated: false, tree: [] });
  return { status: 201, body };
}

function blobOf({ blobs }: Repository, sha: string): Buffer {
  const bytes = blobs.get(sha);
  if (!bytes) throw new Refusal(422, `tree.sha ${sha} is not a valid blob`);
  return bytes;
}

function treeSha(files: Commit['files']): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return shaOf(['tree', ...sorted.flat()]);
}

function filesOf(repository: Repository, sha: string): Commit['files'] {
  const made = repository.trees.get(sha);
  const found = made ?? [...repository.commits.values()].find(({ files }) => treeSha(files) === sha)?.files;
  if (!found) throw new Refusal(422, 'base_tree is not a valid tree oid');
  return found;
}

/** GitHub signs what an app or a workflow commits without saying who; not what a person's token commits. */
function createCommit(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const {
    message,
    tree,
    parents = [],
    author,
    committer,
  } = jsonBody(exchange) as {
    readonly message: string;
    readonly tree: string;
    readonly parents?: readonly string[];
    readonly author?: object;
    readonly committer?: object;
  };
  const files = filesOf(repository, tree);
  for (const parent of parents)
    if (!repository.commits.has(parent))
      throw new Refusal(422, 'Parent SHA does not exist or is not a commit object');
  const verified = token.kind === 'installation' && !author && !committer;
  const sha = shaOf(['commit', tree, ...parents, message, token.login, context.state.now()]);
  const commit = { sha, files, parents, message, author: token.login, verified };
  repository.commits.set(sha, commit);
  return { status: 201, body: commitBody(context, exchange, repository, commit) };
}

function updateRef(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const { sha, force = false } = jsonBody(exchange) as { readonly sha: string; readonly force?: boolean };
  const name = exchange.params.ref!;
  const now = repository.refs.get(name);
  if (now === undefined) throw new Refusal(422, 'Reference does not exist');
  if (!repository.commits.has(sha)) throw new Refusal(422, 'Object does not exist');
  checkRules(repository, name);
  if (!force && !historyOf(repository, sha).has(now)) throw new Refusal(422, 'Update is not a fast forward');
  checkWorkflows(repository, token, sha);
  repository.refs.set(name, sha);
  followBranch(context.state, repository, name.replace(/^heads\//, ''));
  return { status: 200, body: refBody(context, exchange, repository, name) };
}

function deleteRef(context: RouteContext, { exchange, repository }: Call): Answer {
  const name = exchange.params.ref!;
  checkRules(repository, name);
  if (!repository.refs.delete(name)) throw new Refusal(422, 'Reference does not exist');
  followBranch(context.state, repository, name.replace(/^heads\//, ''));
  return { status: 204 };
}

function checkRules({ protectedBranches }: Repository, name: string): void {
  if (!protectedBranches.has(name.replace(/^heads\//, ''))) return;
  throw new Refusal(422, 'Repository rule violations found\n\nCannot update this protected ref.\n\n');
}

function commitBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  { sha, files, parents, message, author, verified }: Commit,
): object {
  const git = `${apiOf(context, exchange, repository)}/git`;
  const who = { name: author, email: `${author}@users.noreply.github.com`, date: '2026-01-05T09:00:00Z' };
  const tree = treeSha(files);
  const link = (parent: string): object => ({
    sha: parent,
    url: `${git}/commits/${parent}`,
    html_url: `https://github.com/${repository.owner}/${repository.name}/commit/${parent}`,
  });
  return completeBody(context.document, 'git-commit', {
    ...link(sha),
    message,
    author: who,
    committer: who,
    tree: { sha: tree, url: `${git}/trees/${tree}` },
    parents: parents.map(link),
    verification: { verified, reason: verified ? 'valid' : 'unsigned' },
  });
}
