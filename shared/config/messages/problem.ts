// How a mistake in one of the user's files is reported: where it stands, what is wrong and what would be right.
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
