import { distance } from 'fastest-levenshtein';

/** The allowed word that was most likely meant: at most a third of its letters differ (and at most three). */
export function nearestWord(word: string, allowed: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  const folded = word.toLowerCase().replaceAll('_', '-');
  const limit = Math.min(3, Math.max(1, Math.ceil(folded.length / 3)));
  for (const candidate of allowed) {
    // Lengths that differ by more cannot be near: a server meets words of a megabyte.
    if (Math.abs(candidate.length - folded.length) > limit) continue;
    const d = distance(folded, candidate.toLowerCase());
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return bestDistance <= limit ? best : undefined;
}

/** `; did you mean weight?` when one of the names is near enough to be a slip of the keyboard, else nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const nearest = nearestWord(written, names);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** Names for an error message: at most `limit` of them, then how many more. */
export function listNames(names: readonly string[], limit = 20): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}
