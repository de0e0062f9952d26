import { ConfigurationError } from '../../platform/errors.ts';
import { checkDistinct } from '../columns/column-names.ts';
import { nameRemark, shownName, visibleName } from '../columns/visible-name.ts';

/**
 * The names in a header's cells.
 *
 * @param trim leave out what cannot be seen, see `visibleName`.
 * @throws ConfigurationError for two columns of one name.
 */
export function nameHeader(
  cells: readonly string[],
  { file, line }: { readonly file: string; readonly line: number },
  trim: boolean,
): { columns: readonly string[]; told: readonly string[] } {
  const place = `${file}:${line}`;
  const columns = trim ? cells.map(visibleName) : cells;
  const told = columns.flatMap((name, i) =>
    name === cells[i]!.trim() ? [] : [nameRemark(place, cells[i]!, name)],
  );
  const firstOf = new Map<string, number>();
  for (const [i, name] of columns.entries()) {
    const seen = visibleName(name);
    const before = firstOf.get(seen);
    if (before === undefined) firstOf.set(seen, i);
    if (before === undefined || name === '' || cells[before]!.trim() === cells[i]!.trim()) continue;
    throw new ConfigurationError(
      `${place}: the names of columns ${before + 1} and ${i + 1} differ only in characters that cannot be seen: ` +
        `${shownName(cells[before]!)} and ${shownName(cells[i]!)}; every column needs a name of its own`,
    );
  }
  checkDistinct(columns, place);
  return { columns, told };
}
