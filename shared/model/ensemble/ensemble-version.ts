/** Part of a model's fingerprint: counts up whenever the same parts would get other weights or give other answers. */
export const ensembleVersion = '1';
