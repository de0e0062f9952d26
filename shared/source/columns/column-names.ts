import { ConfigurationError, quote } from '../../platform/errors.ts';

/**
 * @param place what messages call where the names stand: a file, or `file:line`.
 * @throws ConfigurationError for a column without a name, or two of one name.
 */
export function checkNames(columns: readonly string[], place: string): void {
  const nameless = columns.indexOf('');
  if (nameless >= 0) throw namelessColumn(columns, nameless, place);
  checkDistinct(columns, place);
}

/** @param hint where such columns come from, when that is known. */
export function namelessColumn(
  columns: readonly string[],
  position: number,
  place: string,
  hint = '',
): ConfigurationError {
  return new ConfigurationError(
    `${place}: column ${position + 1} of ${columns.length} has no name (${quote(columns.join(', '))}); ` +
      `give every column a name${hint}`,
  );
}

/** @throws ConfigurationError for two columns of one name; those without a name do not count. */
export function checkDistinct(columns: readonly string[], place: string): void {
  const seen = new Map<string, number>();
  for (const [i, name] of columns.entries()) {
    const before = name === '' ? undefined : seen.get(name);
    if (before !== undefined) {
      throw new ConfigurationError(
        `${place}: columns ${before + 1} and ${i + 1} are both named ${quote(name)}; ` +
          'every column needs a name of its own',
      );
    }
    seen.set(name, i);
  }
}
