/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A copy whose keys are in order, without those that are undefined. @throws TypeError for NaN and infinities. */
export function sortedJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedJson);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([k, v]) => [k, sortedJson(v)]));
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`JSON cannot hold ${value}; the writer must say what an undefined number means`);
  }
  return value;
}

/** One line of JSON with sorted keys: the same value gives the same bytes. Throws on NaN and Infinity. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortedJson(value));
}

/** Indented JSON with sorted keys and a final newline, for files that people read. Throws on NaN and Infinity. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(sortedJson(value), null, 2)}\n`;
}
