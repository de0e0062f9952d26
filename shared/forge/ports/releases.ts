/** What is published of one version: a text and files, by the name of a tag. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** Not published yet, and seen only by those who may write. */
  readonly draft: boolean;
  readonly url: string;
  /** Where the host takes the release's files, as the host writes it. */
  readonly uploadUrl: string;
}

/** What a release says. */
export interface ReleaseText {
  readonly title: string;
  /** Markdown, at most 125,000 characters. */
  readonly body: string;
}

/** A release that is to be drafted, for a tag. */
export interface NewRelease extends ReleaseText {
  readonly tag: string;
}

/** A file of a release, as the code host shows it. */
export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `sha256:` and 64 hexadecimal digits; undefined when the host states none. */
  readonly digest: string | undefined;
  /** Anything but `uploaded` is half there: delete it and upload it again. */
  readonly state: string;
  /** Where people download it. */
  readonly url: string;
}

/** A file that is to be added to a release. */
export interface ReleaseFile {
  /** Letters, digits, `.`, `_` and `-`; the host would rename anything else. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `application/zip`; `application/octet-stream` when absent. */
  readonly contentType?: string;
}

/** Releases of the repository, their drafts and files. */
export interface Releases {
  /** The published release of a tag. */
  published(tag: string): Promise<Release | undefined>;
  /** Drafts for a tag, oldest first; more than one after a race. It takes the right to write to see them. */
  drafts(tag: string): Promise<readonly Release[]>;
  /** The release that the host shows first. */
  latest(): Promise<Release | undefined>;
  /** Not repeated by the transport: look before trying again. {@link upsertRelease} (release-upsert.ts) does. */
  createDraft(release: NewRelease): Promise<Release>;
  update(id: number, text: ReleaseText): Promise<Release>;
  /**
   * Makes a draft public. Its tag must be there: the host would make a lightweight one, which is not a version.
   *
   * @throws AlreadyExistsError when another release of the tag is published.
   */
  publish(release: Release, options: { readonly latest: boolean }): Promise<Release>;
  /** Done when it is gone. @throws ForgeError for a published release. */
  deleteDraft(id: number): Promise<void>;
  /** Every page, half uploaded ones too. */
  assets(id: number): Promise<readonly ReleaseAsset[]>;
  /** @throws AlreadyExistsError when the release has a file of this name, even half of one. */
  upload(release: Release, file: ReleaseFile): Promise<ReleaseAsset>;
  /** Done when it is gone. */
  deleteAsset(id: number): Promise<void>;
  /** The bytes, held against the asset's size and digest. The token goes only to the host, not where it redirects. */
  download(asset: ReleaseAsset): Promise<Uint8Array>;
}
