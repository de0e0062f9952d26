import type { ReadOptions } from './types.ts';

/** Says whether a text means missing: it equals a marker, after trimming when the options trim. */
export function createMissingTest(
  options: Pick<ReadOptions, 'missingMarkers' | 'trim'>,
): (text: string) => boolean {
  const markers = new Set(options.missingMarkers.map((m) => (options.trim ? m.trim() : m)));
  return options.trim ? (text) => markers.has(text.trim()) : (text) => markers.has(text);
}
