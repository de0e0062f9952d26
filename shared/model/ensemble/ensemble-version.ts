/** Raised when the same parts and rows give a blend other weights, or other answers. */
export const ensembleVersion = '1';
