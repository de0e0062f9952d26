import { sha256 } from '../../../shared/platform/digest.ts';

/** A workflow run that has artifacts. */
export interface ArtifactRun {
  /** As the REST API counts it (GITHUB_RUN_ID). */
  readonly id: number;
  /** `owner/name`. */
  readonly repository: string;
  /** As the results service calls it; in every runtime token of the run, whatever the attempt. */
  readonly backendId: string;
  readonly headSha: string;
  readonly headBranch: string;
}

/** One artifact; `pending` between creation and finalisation. */
export interface ArtifactRecord {
  readonly id: number;
  readonly run: ArtifactRun;
  readonly job: string;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly blob: Blob;
  pending: boolean;
  expired: boolean;
  /** What the service says of it; tests make it lie. */
  size: number;
  digest: string | undefined;
}

/** Bytes in the blob store. */
export interface Blob {
  readonly key: string;
  readonly staged: Map<string, Buffer>;
  bytes: Buffer | undefined;
  contentType: string;
}

/** All that the emulated artifact service knows. Tests look into it and poison it. */
export interface ArtifactState {
  readonly runs: Map<number, ArtifactRun>;
  readonly artifacts: ArtifactRecord[];
  /** What callers sent that the service's contract does not know. A test ends with none. */
  readonly violations: string[];
  /** Every request that was answered, as `POST CreateArtifact` or `GET blob`. */
  readonly calls: string[];
  /** The account's storage is full: nothing can be created. */
  quotaExceeded: boolean;
  readonly now: () => Date;
  readonly nextId: () => number;
}

/** What an artifact is to be when a test plants it, as a hostile uploader would. */
export interface PlantedArtifact {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Default: the truth. `null`: none is stated. */
  readonly digest?: string | null;
  readonly size?: number;
  readonly expired?: boolean;
}

/** Makes a record without content. */
export function newArtifact(
  state: ArtifactState,
  of: Pick<ArtifactRecord, 'run' | 'job' | 'name'> & { readonly expiresAt?: string },
): ArtifactRecord {
  const id = state.nextId();
  const day = 24 * 3600 * 1000;
  const record: ArtifactRecord = {
    id,
    createdAt: state.now().toISOString(),
    expiresAt: new Date(state.now().getTime() + 90 * day).toISOString(),
    ...of,
    blob: { key: `blob-${id}`, staged: new Map(), bytes: undefined, contentType: 'application/zip' },
    pending: true,
    expired: false,
    size: 0,
    digest: undefined,
  };
  state.artifacts.push(record);
  return record;
}

/** Puts an artifact into a run without going through the protocol. */
export function plant(state: ArtifactState, run: ArtifactRun, planted: PlantedArtifact): ArtifactRecord {
  const record = newArtifact(state, { run, job: 'planted', name: planted.name });
  record.blob.bytes = Buffer.from(planted.bytes);
  record.pending = false;
  record.expired = planted.expired ?? false;
  record.size = planted.size ?? planted.bytes.byteLength;
  record.digest = planted.digest === null ? undefined : (planted.digest ?? sha256(planted.bytes));
  return record;
}

/** The finished artifacts of a run, oldest first. */
export function finished(state: ArtifactState, run: ArtifactRun): readonly ArtifactRecord[] {
  return state.artifacts.filter((artifact) => artifact.run === run && !artifact.pending);
}
