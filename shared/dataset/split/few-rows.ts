/**
 * Fewer labelled rows than this are few: a fifth of them decides little, the models of folds are kept, and networks see numbers
 * plain. Where there is a test split, a training counts its training and validation rows.
 */
export const fewRows = 2000;
