/** An issue as the code host shows it. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  /** Whether this token opened it, as {@link Comment.own}. */
  readonly own: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970; undefined while it is open. */
  readonly closedAt: number | undefined;
  readonly url: string;
}

/** An issue that is to be opened. */
export interface NewIssue {
  /** At most 256 characters. */
  readonly title: string;
  /** Markdown, at most 65,536 characters. */
  readonly body: string;
  readonly labels: readonly string[];
}

/** Issues of the repository; pull requests are none, whatever the host thinks. */
export interface Issues {
  /** Those in the state, with the label if one is given, every page, oldest first. */
  list(filter: {
    readonly label?: string;
    readonly state: 'open' | 'closed' | 'all';
  }): Promise<readonly Issue[]>;
  /** Not repeated by the transport: look before trying again (issue-upsert.ts does). */
  create(issue: NewIssue): Promise<Issue>;
  /** Changes what is given; labels replace those that are there. */
  update(number: number, change: Partial<NewIssue> & { readonly state?: 'open' | 'closed' }): Promise<Issue>;
}

/** Labels of the repository. */
export interface Labels {
  /** Makes the label unless there is one of this name, which is kept as it is. `color`: six hexadecimal digits. */
  ensure(
    name: string,
    label: { readonly color: string; readonly description: string },
  ): Promise<'created' | 'exists'>;
  /** Gives an issue or pull request more labels. */
  add(number: number, labels: readonly string[]): Promise<void>;
}
