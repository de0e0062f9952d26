import type { z } from 'zod';
import type { Answer, Exchange, Route } from '../route.ts';
import {
  type ArtifactRecord,
  type ArtifactRun,
  type ArtifactState,
  finished,
  newArtifact,
} from './artifact-state.ts';
import { signedUrl } from './blob-url.ts';
import { parseRuntimeToken } from './runtime-token.ts';
import {
  createArtifactRequest,
  deleteArtifactRequest,
  finalizeArtifactRequest,
  getSignedArtifactUrlRequest,
  listArtifactsRequest,
} from './twirp-messages.ts';

/** A call within the run of its token. */
interface Call<Message> {
  readonly message: Message;
  readonly run: ArtifactRun;
  readonly origin: string;
}

type Ids = { readonly workflow_run_backend_id: string; readonly workflow_job_run_backend_id: string };

const service = '/twirp/github.actions.results.api.v1.ArtifactService';

/** The five calls of the results service that @actions/artifact makes. */
export function twirpRoutes(state: ArtifactState): readonly Route[] {
  const route = <Schema extends z.ZodType<Ids>>(
    method: string,
    schema: Schema,
    answer: (call: Call<z.output<Schema>>) => Answer,
  ): Route => ({
    method: 'POST',
    path: `${service}/${method}`,
    contract: 'own',
    answer(exchange) {
      state.calls.push(`POST ${method}`);
      const call = readCall(state, exchange, schema);
      return 'status' in call ? call : answer(call);
    },
  });
  return [
    route('CreateArtifact', createArtifactRequest, (call) => create(state, call)),
    route('FinalizeArtifact', finalizeArtifactRequest, (call) => finalize(state, call)),
    route('ListArtifacts', listArtifactsRequest, (call) => list(state, call)),
    route('GetSignedArtifactURL', getSignedArtifactUrlRequest, ({ message, run, origin }) => {
      const artifact = newestNamed(state, run, message.name);
      return artifact ? { status: 200, body: { signed_url: signedUrl(origin, artifact, 'r') } } : missing();
    }),
    route('DeleteArtifact', deleteArtifactRequest, ({ message, run }) => {
      const artifact = newestNamed(state, run, message.name);
      if (!artifact) return missing();
      state.artifacts.splice(state.artifacts.indexOf(artifact), 1);
      return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
    }),
  ];
}

function readCall<Schema extends z.ZodType<Ids>>(
  state: ArtifactState,
  { headers, body, origin, path }: Exchange,
  schema: Schema,
): Call<z.output<Schema>> | Answer {
  const token = parseRuntimeToken(headers.authorization);
  if (!token) return twirpError(401, 'unauthenticated', 'no runtime token');
  const parsed = schema.safeParse(JSON.parse(body.toString()));
  if (!parsed.success) {
    state.violations.push(`${path}: ${parsed.error.message}`);
    return twirpError(400, 'malformed', parsed.error.message);
  }
  const run = [...state.runs.values()].find(({ backendId }) => backendId === token.run);
  if (!run || parsed.data.workflow_run_backend_id !== token.run) {
    return twirpError(403, 'permission_denied', 'the token is of another run');
  }
  return { message: parsed.data, run, origin };
}

/** Names are unique in a run, over its attempts too, from creation on. */
function create(
  state: ArtifactState,
  { message, run, origin }: Call<z.output<typeof createArtifactRequest>>,
): Answer {
  if (state.quotaExceeded)
    return twirpError(403, 'resource_exhausted', 'insufficient usage to create artifact');
  if (state.artifacts.some((artifact) => artifact.run === run && artifact.name === message.name)) {
    return twirpError(409, 'already_exists', 'an artifact with this name already exists on the workflow run');
  }
  const artifact = newArtifact(state, {
    run,
    job: message.workflow_job_run_backend_id,
    name: message.name,
    ...(message.expires_at === undefined ? {} : { expiresAt: message.expires_at }),
  });
  return { status: 200, body: { ok: true, signed_upload_url: signedUrl(origin, artifact, 'cw') } };
}

function finalize(
  state: ArtifactState,
  { message, run }: Call<z.output<typeof finalizeArtifactRequest>>,
): Answer {
  const artifact = state.artifacts.find((one) => one.run === run && one.name === message.name && one.pending);
  if (!artifact) return missing();
  const size = artifact.blob.bytes?.byteLength;
  if (size === undefined || String(size) !== message.size) {
    state.violations.push(`FinalizeArtifact: the blob has ${size} bytes, ${message.size} are stated`);
    return twirpError(400, 'invalid_argument', 'the size is not that of the blob');
  }
  artifact.size = size;
  artifact.digest = message.hash;
  artifact.pending = false;
  return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
}

function list(state: ArtifactState, { message, run }: Call<z.output<typeof listArtifactsRequest>>): Answer {
  const artifacts = finished(state, run)
    .filter(({ name }) => message.name_filter === undefined || name === message.name_filter)
    .filter(({ id }) => message.id_filter === undefined || String(id) === message.id_filter)
    .map((artifact) => ({
      workflow_run_backend_id: run.backendId,
      workflow_job_run_backend_id: artifact.job,
      database_id: String(artifact.id),
      name: artifact.name,
      size: String(artifact.size),
      created_at: artifact.createdAt,
      ...(artifact.digest === undefined ? {} : { digest: artifact.digest }),
    }));
  return { status: 200, body: { artifacts } };
}

function newestNamed(state: ArtifactState, run: ArtifactRun, name: string): ArtifactRecord | undefined {
  return finished(state, run).findLast((artifact) => artifact.name === name);
}

function missing(): Answer {
  return twirpError(404, 'not_found', 'no such artifact');
}

function twirpError(status: number, code: string, msg: string): Answer {
  return { status, body: { code, msg } };
}
