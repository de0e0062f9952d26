import { quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';

const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const blanks = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * A column's name as it is seen: without characters of no width, with ordinary spaces for other ones, and none
 * around it. Programs put such characters into names, and nobody can write them into ciclo.yml.
 */
export function visibleName(name: string): string {
  return name.replace(invisible, '').replace(blanks, ' ').trim();
}

/** A name with the characters shown that cannot be seen: `price\u200b` as `price\\u200b`. */
export function shownName(name: string): string {
  const shown = name.replace(
    new RegExp(`${invisible.source}|${blanks.source}`, 'g'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${shown}"`;
}

/** The names of a file's columns as a reader sees them, with a warning for each that is written otherwise; without `trim` as written. */
export function namedColumns(
  stored: readonly string[],
  trim: boolean,
  file: string,
  logger: Logger,
): readonly string[] {
  if (!trim) return stored;
  return stored.map((name) => {
    const seen = visibleName(name);
    if (seen !== name.trim()) logger.warn(nameRemark(file, name, seen));
    return seen;
  });
}

/** A sentence about a name that is read otherwise than it is written. */
export function nameRemark(place: string, name: string, seen: string): string {
  return `${place}: the name ${shownName(name)} is read as ${quote(seen)}, without what cannot be seen`;
}
