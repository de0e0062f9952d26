import { ConfigurationError, quote } from '../platform/errors.ts';

/** The columns of a file, or of a folder of files. */
export interface NamedColumns {
  readonly file: string;
  readonly columns: readonly string[];
}

/** Files that were to be one table and are not. */
export class ColumnsDifferError extends ConfigurationError {
  readonly files: { readonly first: NamedColumns; readonly other: NamedColumns };

  constructor(files: ColumnsDifferError['files'], message: string) {
    super(message);
    this.files = files;
  }
}

/**
 * The columns of a later file must be those of the first, in any order.
 *
 * @throws ConfigurationError that names the file and the columns that differ.
 */
export function checkSameColumns(first: NamedColumns, other: NamedColumns): void {
  const lacking = first.columns.filter((name) => !other.columns.includes(name));
  const added = other.columns.filter((name) => !first.columns.includes(name));
  if (lacking.length === 0 && added.length === 0) return;
  const differences = [
    lacking.length > 0 ? `lacks ${lacking.map(quote).join(', ')}` : '',
    added.length > 0 ? `has ${added.map(quote).join(', ')} besides` : '',
  ].filter((text) => text !== '');
  throw new ColumnsDifferError(
    { first, other },
    `the columns of ${other.file} differ from those of ${first.file}: it ${differences.join(' and ')}; ` +
      'make them the same, or set data.source.columns: union, which leaves missing what a file lacks',
  );
}
