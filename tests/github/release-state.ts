export interface Release {
  readonly id: number;
  tag: string;
  /** Where the tag goes if it is not there when the release is published. */
  target: string;
  title: string | undefined;
  body: string | undefined;
  draft: boolean;
  prerelease: boolean;
  readonly author: string;
  readonly createdAt: string;
  publishedAt: string | undefined;
  /** In the order in which they came. */
  readonly assets: ReleaseAsset[];
}

export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** `starter`: an upload that broke off left it. */
  readonly state: 'uploaded' | 'starter';
  /** What GitHub says of it; null for those of before it kept digests. Tests make it lie. */
  digest: string | null;
  readonly uploader: string;
  readonly createdAt: string;
}
