/** What the files of a server's folder say of the model. Both are of patterns that no format has to escape. */
export interface ServedVersion {
  /** `fuel` */
  readonly name: string;
  /** `v1.2.0` */
  readonly version: string;
}
