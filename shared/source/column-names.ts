import { ConfigurationError, quote } from '../platform/errors.ts';

/**
 * @param place what messages call where the names stand: a file, or `file:line`.
 * @throws ConfigurationError for a column without a name, or two of one name.
 */
export function checkNames(columns: readonly string[], place: string): void {
  const seen = new Map<string, number>();
  for (const [i, name] of columns.entries()) {
    if (name === '') {
      throw new ConfigurationError(
        `${place}: column ${i + 1} of ${columns.length} has no name (${quote(columns.join(', '))}); ` +
          'give every column a name (pandas writes such a column for its index: use to_csv(index=False))',
      );
    }
    const before = seen.get(name);
    if (before !== undefined) {
      throw new ConfigurationError(
        `${place}: columns ${before + 1} and ${i + 1} are both named ${quote(name)}; ` +
          'every column needs a name of its own',
      );
    }
    seen.set(name, i);
  }
}
