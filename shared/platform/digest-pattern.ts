/** A SHA-256 digest as texts hold it: see `sha256` of digest.ts, which pages of the browser cannot load. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;
