import { distance } from 'fastest-levenshtein';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Location } from '../../platform/logger.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';

/** One thing that is wrong with a file of the user's. */
export interface Problem {
  /** The key path it is about; empty for the whole file. */
  readonly path: KeyPath;
  /** Quotes the value and says what would be right. */
  readonly message: string;
  /** Where it is, when that is not where `path` is (a syntax error). */
  readonly location?: Location;
}

/** A location as editors and terminals recognise it: `ciclo.yml:14:9`. */
function formatLocation({ file, line, column }: Location): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/**
 * All problems of one file as one error, a line for each, in the file's order.
 *
 * @param locate where a key path, or its nearest ancestor, stands in the file.
 */
export function problemsError(
  problems: readonly Problem[],
  locate: (path: KeyPath) => Location,
): ConfigurationError {
  const lines = problems.map((problem) => {
    const at = problem.location ?? locate(problem.path);
    const path = formatKeyPath(problem.path);
    return { at, text: `${formatLocation(at)}: ${path === '' ? '' : `${path}: `}${problem.message}` };
  });
  lines.sort((a, b) => (a.at.line ?? 0) - (b.at.line ?? 0) || (a.at.column ?? 0) - (b.at.column ?? 0));
  return new ConfigurationError([...new Set(lines.map((line) => line.text))].join('\n'));
}

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
