import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';

/** A problem for each name of a list that stands before it already. */
export function* repeatedNames(names: readonly string[], path: KeyPath): Iterable<Problem> {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) {
      yield { path: [...path, index], message: `"${name}" is listed twice; keep one` };
    }
  }
}
