/** Counts up whenever the same rows and settings give other trees: it is part of every fingerprint of a model. */
export const treesVersion = '1';
