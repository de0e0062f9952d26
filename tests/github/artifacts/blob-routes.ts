import type { Answer, Exchange, Route } from '../route.ts';
import type { ArtifactRecord, ArtifactState } from './artifact-state.ts';
import { type BlobRight, blobPath, isSigned } from './blob-url.ts';

/** Query parameters of a signed address, and those that the blob store's operations add. */
const known = new Set(['sp', 'se', 'sv', 'sig', 'rscd', 'comp', 'blockid', 'timeout']);

/** The blob store: Put Blob, Put Block, Put Block List and Get Blob, by signed addresses. */
export function blobRoutes(state: ArtifactState): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: blobPath,
      contract: 'own',
      answer: (exchange) => open(state, exchange, 'cw', (artifact) => put(state, artifact, exchange)),
    },
    {
      method: 'GET',
      path: blobPath,
      contract: 'own',
      answer: (exchange) =>
        open(state, exchange, 'r', ({ blob }) => ({
          status: 200,
          body: blob.bytes ?? Buffer.alloc(0),
          headers: {
            'content-type': blob.contentType,
            'content-disposition': exchange.query.get('rscd') ?? 'attachment',
          },
        })),
    },
  ];
}

/** Finds the blob that an address was signed for. A signed address and a token together are refused, as Azure does. */
function open(
  state: ArtifactState,
  { method, path, query, headers, params }: Exchange,
  right: BlobRight,
  answer: (artifact: ArtifactRecord) => Answer,
): Answer {
  state.calls.push(`${method} blob${query.has('comp') ? ` ${query.get('comp')}` : ''}`);
  for (const key of query.keys())
    if (!known.has(key)) violation(state, `${path}: unknown query parameter ${key}`);
  if (headers.authorization !== undefined) {
    return violation(state, `${method} ${path}: a token was sent to the blob store`);
  }
  const key = params.blob?.replace(/\.zip$/, '') ?? '';
  const artifact = state.artifacts.find(({ blob }) => blob.key === key);
  if (!artifact || !isSigned(key, query, right)) return blobError(403, 'AuthenticationFailed');
  if (right === 'cw' && !artifact.pending) return blobError(409, 'BlobImmutableDueToPolicy');
  return answer(artifact);
}

function put(state: ArtifactState, { blob }: ArtifactRecord, { query, headers, body }: Exchange): Answer {
  const comp = query.get('comp');
  if (comp === 'block') {
    const id = query.get('blockid') ?? '';
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id))
      return violation(state, `Put Block: block id ${id} is not base64`);
    blob.staged.set(id, body);
    return created();
  }
  if (comp === 'blocklist') {
    const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1]!);
    const blocks = ids.map((id) => blob.staged.get(id));
    if (!blocks.every((block) => block !== undefined)) return blobError(400, 'InvalidBlockList');
    blob.bytes = Buffer.concat(blocks);
  } else {
    if (comp !== null) return violation(state, `PUT blob: comp=${comp} is none that the client uses`);
    if (headers['x-ms-blob-type'] !== 'BlockBlob')
      return violation(state, 'Put Blob: x-ms-blob-type is not BlockBlob');
    blob.bytes = body;
  }
  blob.contentType = String(headers['x-ms-blob-content-type'] ?? 'application/octet-stream');
  return created();
}

function created(): Answer {
  return { status: 201, headers: { etag: '"1"', 'last-modified': 'Mon, 05 Jan 2026 09:00:00 GMT' } };
}

function violation(state: ArtifactState, message: string): Answer {
  state.violations.push(message);
  return blobError(400, 'InvalidQueryParameterValue');
}

function blobError(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return {
    status,
    body: Buffer.from(body),
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
  };
}
