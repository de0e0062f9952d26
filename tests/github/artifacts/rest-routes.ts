import type { Answer, Exchange, Route } from '../route.ts';
import { type ArtifactRecord, type ArtifactState, finished } from './artifact-state.ts';
import { signedUrl } from './blob-url.ts';

/** Answers a request whose token may not read a repository's runs; undefined when it may. */
export type Authorize = (exchange: Exchange) => Answer | undefined;

/** The REST API of artifacts, for tokens with `actions: read`. */
export function restRoutes(state: ArtifactState, authorize: Authorize): readonly Route[] {
  const route = (path: string, answer: (exchange: Exchange) => Answer): Route => ({
    method: 'GET',
    path: `/repos/{owner}/{repo}/actions/${path}`,
    contract: 'openapi',
    answer(exchange) {
      state.calls.push(`GET ${path}`);
      return authorize(exchange) ?? answer(exchange);
    },
  });
  return [
    route('runs/{run_id}/artifacts', (exchange) => list(state, exchange)),
    route('artifacts/{artifact_id}', (exchange) => {
      const artifact = byId(state, exchange);
      return artifact ? { status: 200, body: shown(artifact, exchange) } : notFound();
    }),
    route('artifacts/{artifact_id}/{archive_format}', (exchange) => {
      const artifact = byId(state, exchange);
      if (!artifact || exchange.params.archive_format !== 'zip') return notFound();
      if (artifact.expired) return refused(410, 'Artifact has expired');
      return { status: 302, headers: { location: signedUrl(exchange.origin, artifact, 'r') } };
    }),
  ];
}

function list(state: ArtifactState, exchange: Exchange): Answer {
  const { params, query } = exchange;
  const run = state.runs.get(Number(params.run_id));
  if (run?.repository !== `${params.owner}/${params.repo}`) return notFound();
  const name = query.get('name');
  const all = finished(state, run).filter((artifact) => name === null || artifact.name === name);
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  // Newest first, as the API sorts them.
  const page = all.toReversed().slice(from, from + size);
  return {
    status: 200,
    body: { total_count: all.length, artifacts: page.map((one) => shown(one, exchange)) },
  };
}

function byId(state: ArtifactState, { params }: Exchange): ArtifactRecord | undefined {
  return state.artifacts.find(
    ({ id, run, pending }) =>
      id === Number(params.artifact_id) && run.repository === `${params.owner}/${params.repo}` && !pending,
  );
}

function shown(artifact: ArtifactRecord, { origin }: Exchange): object {
  const { id, run } = artifact;
  const url = `${origin}/repos/${run.repository}/actions/artifacts/${id}`;
  return {
    id,
    node_id: Buffer.from(`Artifact${id}`).toString('base64'),
    name: artifact.name,
    size_in_bytes: artifact.size,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: artifact.digest ?? null,
    created_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    updated_at: artifact.createdAt,
    workflow_run: {
      id: run.id,
      repository_id: 1,
      head_repository_id: 1,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

function notFound(): Answer {
  return refused(404, 'Not Found');
}

function refused(status: number, message: string): Answer {
  return {
    status,
    body: {
      message,
      documentation_url: 'https://docs.github.com/rest/actions/artifacts',
      status: String(status),
    },
  };
}

/** The default: a token of whatever kind. */
export const anyToken: Authorize = ({ headers }) =>
  headers.authorization === undefined ? refused(401, 'Requires authentication') : undefined;
