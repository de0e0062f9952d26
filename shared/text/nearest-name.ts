import { nearestWord } from '../config/messages/problem.ts';

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
