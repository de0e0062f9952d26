// The same folders as artifacts of a workflow run, read as a stranger's would be.
/** An artifact of a workflow run, before it is downloaded. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  /** Bytes as stored (zipped). */
  readonly size: number;
  /** SHA-256 of the stored bytes as `sha256:<hex>`, where the store says it. */
  readonly digest?: string;
}

/** Where results go between the jobs of one run. */
export interface ArtifactStore {
  /** This run's artifacts whose names begin so, newest first. */
  list(prefix: string): Promise<readonly StoredArtifact[]>;
  /** Stores the files of a folder, by their plain names. Names are unique within a run. */
  upload(
    name: string,
    folder: string,
    files: readonly string[],
    options: { readonly retentionDays?: number },
  ): Promise<StoredArtifact>;
  /** Writes the artifact's files into an empty folder. @throws IntegrityError when the bytes are not those of `digest`. */
  download(artifact: StoredArtifact, folder: string): Promise<void>;
  delete(name: string): Promise<void>;
}
