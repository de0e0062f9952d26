import type { ReadOptions } from './types.ts';

/** Texts that no class is called: nothing at all, what computes to no number, and Excel's errors. */
const neverClass = /^\s*$|^-?nan$|^#|^-?1\.#/i;

/**
 * Says whether a text of a column means missing: it equals a marker, after trimming when the options trim. Among the
 * labels of a classifier markers that a class may be called, such as `None`, stay texts: see `withoutLabelMarkers`.
 */
export function createMissingTest(
  options: Pick<ReadOptions, 'missingMarkers' | 'trim' | 'labels'>,
  column?: string,
): (text: string) => boolean {
  const { trim } = options;
  const used = markersOf(options, column);
  const markers = new Set(used.map((marker) => (trim ? marker.trim() : marker)));
  return trim ? (text) => markers.has(text.trim()) : (text) => markers.has(text);
}

/** The texts of a column that mean missing. */
export function markersOf(
  { missingMarkers, labels }: Pick<ReadOptions, 'missingMarkers' | 'labels'>,
  column?: string,
): readonly string[] {
  const isLabel = labels?.classes === true && labels.column === column;
  return isLabel ? missingMarkers.filter((marker) => neverClass.test(marker)) : missingMarkers;
}
