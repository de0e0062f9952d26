import { createHash } from 'node:crypto';
import { type Call, guarded } from '../access.ts';
import { completeBody } from '../openapi-filler.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import { type Commit, commitOf, type Repository } from '../state.ts';
import { apiOf, type RouteContext, site } from './context.ts';

/** Above it the JSON answer holds no content, in bytes. */
const inlineLimit = 1024 * 1024;
/** Above it there is no answer at all. */
const contentLimit = 100 * 1024 * 1024;

/** Files and folders at a branch, tag or commit. */
export function contentRoutes(context: RouteContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/contents/{path}',
      contract: 'openapi',
      answer: guarded(context.state, ['contents=read'], (call) => read(context, call)),
    },
  ];
}

function read(context: RouteContext, { exchange, repository }: Call): Answer {
  const ref = exchange.query.get('ref') ?? repository.defaultBranch;
  const commit = commitOf(repository, ref);
  if (!commit) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const path = (exchange.params.path ?? '').replace(/\/$/, '');
  const bytes = commit.files.get(path);
  if (!bytes) return { status: 200, body: listing(context, exchange, repository, { commit, ref, path }) };
  if (bytes.length > contentLimit) {
    throw new Refusal(403, 'This API returns blobs up to 100 MB in size. The requested blob is too large.');
  }
  if (/application\/vnd\.github\.(v3\.)?raw/.test(exchange.headers.accept ?? '')) {
    return {
      status: 200,
      body: bytes,
      headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' },
    };
  }
  const inline = bytes.length <= inlineLimit;
  return {
    status: 200,
    body: completeBody(context.document, 'content-file', {
      ...entry(context, exchange, repository, { ref, path, bytes }),
      content: inline ? lines(bytes.toString('base64')) : '',
      encoding: inline ? 'base64' : 'none',
    }),
  };
}

function listing(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  { commit, ref, path }: { readonly commit: Commit; readonly ref: string; readonly path: string },
): object[] {
  const names = new Set<string>();
  for (const file of commit.files.keys()) {
    if (file.startsWith(`${path}/`)) names.add(file.slice(path.length + 1).split('/')[0]!);
  }
  if (names.size === 0) throw notFound();
  return [...names].sort().map((name) => {
    const bytes = commit.files.get(`${path}/${name}`);
    return entry(context, exchange, repository, {
      ref,
      path: `${path}/${name}`,
      ...(bytes ? { bytes } : {}),
    });
  });
}

function entry(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  { ref, path, bytes }: { readonly ref: string; readonly path: string; readonly bytes?: Buffer },
): object {
  const url = `${apiOf(context, exchange, repository)}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const html = `${site}/${repository.owner}/${repository.name}/blob/${ref}/${encodeURI(path)}`;
  return {
    type: bytes ? 'file' : 'dir',
    size: bytes?.length ?? 0,
    name: path.split('/').at(-1),
    path,
    sha: blobSha(bytes ?? Buffer.alloc(0)),
    url,
    git_url: null,
    html_url: html,
    download_url: null,
    _links: { self: url, git: null, html },
  };
}

/** SHA-1 of a blob as Git computes it. */
function blobSha(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Base64 comes in lines of 60 characters. */
function lines(base64: string): string {
  return base64.replace(/.{1,60}/g, '$&\n');
}
