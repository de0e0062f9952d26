import { sha256 } from '../../../shared/platform/digest.ts';
import type { ArtifactRecord } from './artifact-state.ts';

/** What a signed address is good for: reading, or creating and writing. */
export type BlobRight = 'r' | 'cw';

export const blobPath = '/artifact-blobs/{container}/{blob}';

/** An address in the blob store that carries its right with it, so that no token is needed. */
export function signedUrl(origin: string, { blob, name }: ArtifactRecord, right: BlobRight): string {
  const url = new URL(`/artifact-blobs/results/${blob.key}.zip`, origin);
  const disposition = `attachment; filename="${name}.zip"`;
  const query = { sp: right, se: '2100-01-01T00:00:00Z', sv: '2025-11-05', sig: signature(blob.key, right) };
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  if (right === 'r') url.searchParams.set('rscd', disposition);
  return url.href;
}

/** Whether an address was signed for this right. */
export function isSigned(key: string, query: URLSearchParams, right: BlobRight): boolean {
  return query.get('sp') === right && query.get('sig') === signature(key, right);
}

function signature(key: string, right: BlobRight): string {
  return Buffer.from(sha256(`${key} ${right}`).slice(7), 'hex').toString('base64');
}
