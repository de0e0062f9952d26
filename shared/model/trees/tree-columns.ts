// Boosted trees: histogram gradient boosting over columns with missing values and categories.

/** Numbers as they are; NaN is missing. */
export interface NumberInput {
  readonly kind: 'number';
  readonly values: ArrayLike<number>;
}

/** Categories by code; -1 is missing. */
export interface CategoryInput {
  readonly kind: 'category';
  readonly codes: ArrayLike<number>;
  /** Codes are below it. */
  readonly levels: number;
}

/** One of a tree model's inputs, a value by row. */
export type TreeColumn = NumberInput | CategoryInput;
