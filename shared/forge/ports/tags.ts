/** An annotated tag on a commit. */
export interface Tag {
  /** Without `refs/tags/`: `fuel@v1.2.0`. */
  readonly name: string;
  readonly commit: string;
  /** The tagger's date in whole seconds since 1970-01-01T00:00:00Z, by which GTO orders. */
  readonly time: number;
  /** Without line ends at its end. */
  readonly message: string;
}

/** A tag that is to be made. */
export interface NewTag extends Tag {
  /** Who is said to have tagged; the implementation's own name when absent. */
  readonly tagger?: { readonly name: string; readonly email: string };
}

/** The result of creating a tag. */
export interface TagOutcome {
  /** `exists`: the name was taken, by whatever tag; nothing was changed. A race that is lost ends so. */
  readonly change: 'created' | 'exists';
  /** Where the name points now. */
  readonly commit: string;
  /** The tag of that name now; undefined when it is a lightweight one, which is only a name. */
  readonly tag: Tag | undefined;
}

/** What the place that a clone came from says of tags that the clone lacks. */
export type TagsElsewhere =
  | {
      /** `origin` */
      readonly place: string;
      /** All annotated tags that it has of the artifact: names and commits are what it says of them. */
      readonly tags: readonly Pick<Tag, 'name' | 'commit'>[];
    }
  | {
      readonly place: string;
      /** Why it cannot be asked. */
      readonly problem: string;
    };

/** Tags of a repository. None is ever moved or deleted. */
export interface Tags {
  /**
   * Annotated tags on commits whose names begin so, every page, by time and within one second by name. Lightweight tags
   * are left out, as GTO does.
   */
  list(prefix: string): Promise<readonly Tag[]>;
  /**
   * Creates an annotated tag unless there is one of this name. May be called again after any failure.
   *
   * @throws WorkflowsDifferError when GitHub does not let the token tag this commit.
   * @throws ForgeError when the commit is not there or the name cannot be a tag's.
   */
  create(tag: NewTag): Promise<TagOutcome>;
  /**
   * Whether another place has tags of an artifact that are not among these; undefined when it has none. Absent where the
   * code host itself is asked, which has them all.
   */
  elsewhere?(artifact: string): Promise<TagsElsewhere | undefined>;
}

/** By time and within one second by name. */
export function compareTags(a: Tag, b: Tag): number {
  return a.time - b.time || (a.name < b.name ? -1 : Number(a.name > b.name));
}
