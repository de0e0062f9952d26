/** An annotated tag's object; a ref points to it by its SHA. */
export interface TagObject {
  readonly sha: string;
  readonly name: string;
  readonly message: string;
  /** SHA of the commit. */
  readonly object: string;
  readonly tagger: { readonly name: string; readonly email: string; readonly date: string };
}
