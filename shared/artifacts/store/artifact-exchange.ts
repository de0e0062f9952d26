import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { type FolderKind, folderKinds, type Manifest, maker } from '../folders/manifest.ts';
import { readFolder } from '../folders/run-folder.ts';
import { artifactPrefix, formatArtifactName, parseArtifactName } from './artifact-name.ts';
import { checkWhole, downloadResult, inTemporary } from './artifact-result.ts';
import type { ArtifactStore, StoredArtifact } from './artifact-store.ts';
import { ArtifactExistsError } from './artifact-upload.ts';

/** An artifact as it was kept. */
export interface PublishedArtifact {
  readonly name: string;
  readonly id: number;
  /** The run already had it, with the same bytes: a re-run. */
  readonly reused: boolean;
}

export interface PublishOptions {
  /** 1 to 90; absent: what the repository's settings say. */
  readonly retentionDays?: number;
  readonly logger: Logger;
  /** Milliseconds before the first of six looks for what another job is uploading; it doubles. Default 1,000. */
  readonly pause?: number;
}

/**
 * Keeps a result folder (`.ciclo/model`) as an artifact of the run. In a re-run the run has it already: the same bytes
 * are reused, others are replaced with a warning.
 *
 * @throws IntegrityError when the folder is not what its manifest says, ConfigurationError when the store cannot keep it.
 */
export async function publishFolder(
  store: ArtifactStore,
  folder: string,
  { retentionDays, logger, pause = 1000 }: PublishOptions,
): Promise<PublishedArtifact> {
  const { manifest } = await readFolder(folder, kindOf(folder), []);
  const name = formatArtifactName(manifest);
  const files = ['manifest.json', ...Object.keys(manifest.files)];
  const upload = (): Promise<StoredArtifact> =>
    store.upload(name, folder, files, retentionDays === undefined ? {} : { retentionDays });
  const settle = async (former: StoredArtifact): Promise<PublishedArtifact> => {
    const difference = await differenceOf(store, former, manifest, path.dirname(folder));
    if (difference === undefined) return { name, id: former.id, reused: true };
    logger.warn(`the artifact ${name} of this run ${difference}; it is replaced`);
    await store.delete(name);
    return { name, id: (await upload()).id, reused: false };
  };
  const former = await find(store, name);
  if (former) return settle(former);
  try {
    return { name, id: (await upload()).id, reused: false };
  } catch (error) {
    if (!(error instanceof ArtifactExistsError)) throw error;
    return settle(await findUnlisted(store, name, pause));
  }
}

/**
 * An artifact whose name is taken and which is not listed yet: another job of the run is uploading it just now, which
 * is waited for, or a former attempt was cut off while it was.
 */
async function findUnlisted(store: ArtifactStore, name: string, pause: number): Promise<StoredArtifact> {
  for (let attempt = 0; attempt < 6; attempt++) {
    const found = await find(store, name);
    if (found) return found;
    await sleep(pause * 2 ** attempt);
  }
  throw new ConfigurationError(
    `cannot keep the artifact ${name}: another job or attempt of this run has begun to upload it and does not end: start a new run of the workflow rather than this one again`,
  );
}

/** What to fetch, and where to. */
export interface FetchRequest {
  readonly pipeline: string;
  readonly kind: FolderKind;
  readonly runDirectory: string;
  readonly logger: Logger;
}

/**
 * Makes sure that a result is in the run directory. One that is there, whole and of this pipeline stays; otherwise the
 * run's newest artifact of the pipeline and kind comes in its place, checked whole before it is renamed there.
 *
 * @param store the store, or what makes it, where that is only worth while when something is missing.
 * @throws ConfigurationError when the run has no such artifact, IntegrityError when what it has is not what it says.
 */
export async function fetchFolder(
  store: ArtifactStore | (() => Promise<ArtifactStore>),
  request: FetchRequest,
): Promise<'present' | 'fetched'> {
  const { pipeline, kind, runDirectory, logger } = request;
  const folder = path.join(runDirectory, kind);
  const unfit = await unfitness(folder, request);
  if (unfit === undefined) return 'present';
  const used = typeof store === 'function' ? await store() : store;
  const found = (await used.list(artifactPrefix(pipeline, kind))).find(({ name }) =>
    isOf(name, pipeline, kind),
  );
  if (!found) throw await nothingFound(used, request, unfit);
  if (unfit !== 'absent') logger.warn(`${unfit}; the artifact ${found.name} of this run takes its place`);
  await inTemporary(runDirectory, kind, async (temporary) => {
    await downloadResult(used, found, kind, temporary);
    // What stood there is not a result to go back to, so it need not step aside.
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  });
  logger.info(`took the ${kind} of ${pipeline} from the artifact ${found.name}`);
  return 'fetched';
}

/** Why the folder cannot be used as it is: `absent`, or a reason; undefined when it can. */
async function unfitness(folder: string, { pipeline, kind }: FetchRequest): Promise<string | undefined> {
  const exists = await stat(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
      return false;
    },
  );
  if (!exists) return 'absent';
  try {
    const manifest = await checkWhole(folder, kind);
    if (manifest.pipeline === pipeline) return undefined;
    return `${folder} is the ${kind} of the pipeline ${manifest.pipeline}, not of ${pipeline}`;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

/** How a former artifact of the same name differs from the result; undefined when it holds the same bytes. */
async function differenceOf(
  store: ArtifactStore,
  former: StoredArtifact,
  manifest: Manifest,
  runDirectory: string,
): Promise<string | undefined> {
  try {
    const { digest } = await inTemporary(runDirectory, manifest.kind, (temporary) =>
      downloadResult(store, former, manifest.kind, temporary),
    );
    if (digest === manifest.digest) return undefined;
    return `holds other bytes under the same fingerprint (digest ${digest}, now ${manifest.digest}): ${reasonOf(manifest)}`;
  } catch (error) {
    if (error instanceof ConfigurationError) return `cannot be used: ${error.message}`;
    throw error;
  }
}

function reasonOf({ engine, reproducible, kind }: Manifest): string {
  return reproducible === false
    ? `the engine ${engine ?? 'that made it'} does not give the same bytes twice, so this attempt's ${kind} is another`
    : 'something that the fingerprint does not cover has changed between the attempts';
}

/** The newest artifact of exactly this name. */
async function find(store: ArtifactStore, name: string): Promise<StoredArtifact | undefined> {
  return (await store.list(name)).find((artifact) => artifact.name === name);
}

function isOf(name: string, pipeline: string, kind: FolderKind): boolean {
  const parsed = parseArtifactName(name);
  return parsed?.pipeline === pipeline && parsed.kind === kind;
}

function kindOf(folder: string): FolderKind {
  const kind = folderKinds.find((one) => one === path.basename(folder));
  if (!kind)
    throw new RangeError(`${folder} is not a result folder: it is named none of ${folderKinds.join(', ')}`);
  return kind;
}

async function nothingFound(
  store: ArtifactStore,
  { pipeline, kind, runDirectory }: FetchRequest,
  unfit: string,
): Promise<ConfigurationError> {
  const names = (await store.list('')).map(({ name }) => name);
  const shown = names.slice(0, 10).map(quote).join(', ');
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  const local = unfit === 'absent' ? `there is none at ${path.join(runDirectory, kind)}` : unfit;
  return new ConfigurationError(
    `there is no ${kind} of the pipeline ${pipeline}: ${local}, and no artifact of this run is named ${artifactPrefix(pipeline, kind)}… (the run has ${names.length === 0 ? 'no artifacts' : `${shown}${more}`}): run ${maker[kind]} earlier in this job, or in a job that this one needs`,
  );
}
