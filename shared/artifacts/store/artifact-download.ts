import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { IntegrityError, quote } from '../../platform/errors.ts';
import type { ArchiveLimits } from './artifact-archive-entry.ts';
import type { StoredArtifact } from './artifact-store.ts';

/** What an artifact of this run may hold. run-folder.ts knows how large each kind's files may be. */
export const ownLimits: ArchiveLimits = { entries: 100, entryBytes: 4 * 2 ** 30, totalBytes: 8 * 2 ** 30 };

/** @throws IntegrityError, before anything is downloaded, when the stored size is beyond the limit. */
export function checkStoredSize({ name, size }: StoredArtifact, most: number): void {
  if (size <= most) return;
  throw new IntegrityError(
    `the artifact ${quote(name)} has ${size} bytes; Ciclo downloads at most ${most}: it is refused`,
  );
}

/** @throws IntegrityError when a downloaded file is not what the store stated, where it stated something. */
export async function checkStoredDigest({ name, digest }: StoredArtifact, file: string): Promise<void> {
  if (digest === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  checkDigest(name, digest, `sha256:${hash.digest('hex')}`);
}

/** @throws IntegrityError that names both digests when they differ. */
export function checkDigest(name: string, stated: string, found: string): void {
  if (stated === found) return;
  throw new IntegrityError(
    `the artifact ${quote(name)} is not what its store states: digest ${found}, stated ${quote(stated)}. It was changed or damaged; run the job that made it again`,
  );
}
