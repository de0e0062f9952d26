/** How the texts of a column are read, in the words of `features.<column>`. */
export interface Reading {
  readonly type: 'number' | 'date';
  /** See `formatNotation` and `dateReader`; undefined: numbers as programs write them. */
  readonly format: string | undefined;
  /** The text as a number, or as milliseconds since 1970; undefined when it is none. */
  readonly read: (text: string) => number | undefined;
}

/** What the texts of a column may be. */
export type Readings =
  /** Every text can be read in this one way. */
  | { readonly kind: 'one'; readonly reading: Reading }
  /** Every text can be read in several ways that do not mean the same. */
  | { readonly kind: 'several'; readonly readings: readonly Reading[] }
  /** Most texts can be read in this way, and some cannot. */
  | { readonly kind: 'most'; readonly reading: Reading }
  /** Most texts look like dates or times in an unknown format. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'none' };
