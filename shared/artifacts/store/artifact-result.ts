import { mkdir, rm } from 'node:fs/promises';
import { IntegrityError } from '../../platform/errors.ts';
import { temporaryBeside } from '../../platform/unfinished.ts';
import type { FolderKind, Manifest } from '../folders/manifest.ts';
import { readFolder } from '../folders/run-folder.ts';
import { fingerprintDigits, parseArtifactName } from './artifact-name.ts';
import type { ArtifactStore, StoredArtifact } from './artifact-store.ts';

/**
 * Downloads a result into an empty folder and checks every byte of it, and that it is what the artifact's name says.
 *
 * @throws IntegrityError when it is not.
 */
export async function downloadResult(
  store: ArtifactStore,
  artifact: StoredArtifact,
  kind: FolderKind,
  folder: string,
): Promise<Manifest> {
  await store.download(artifact, folder);
  const manifest = await checkWhole(folder, kind);
  const named = parseArtifactName(artifact.name);
  if (
    named?.pipeline !== manifest.pipeline ||
    named.fingerprint !== fingerprintDigits(manifest.fingerprint)
  ) {
    throw new IntegrityError(
      `the artifact ${artifact.name} holds the ${kind} of the pipeline ${manifest.pipeline} with the fingerprint ${manifest.fingerprint}: it is refused; run the job that made it again`,
    );
  }
  return manifest;
}

/**
 * Checks every byte of a result folder, one file after the other, so that never more than one is in memory.
 *
 * @throws ConfigurationError when there is none, IntegrityError when it is not what its manifest says.
 */
export async function checkWhole(folder: string, kind: FolderKind): Promise<Manifest> {
  const { manifest } = await readFolder(folder, kind, []);
  for (const name of Object.keys(manifest.files)) await readFolder(folder, kind, [name]);
  return manifest;
}

/** Works in a new folder beside the results, which is gone afterwards unless it was renamed. */
export async function inTemporary<T>(
  runDirectory: string,
  kind: FolderKind,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  // The name that unfinished.ts clears away when the process is asked to stop.
  const temporary = temporaryBeside(runDirectory, kind);
  await mkdir(temporary, { recursive: true });
  try {
    return await work(temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
