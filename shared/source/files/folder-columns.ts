import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import { type Column, valueAt } from '../../dataset/table/table.ts';
import { isoTime } from '../../dataset/values/date-texts.ts';
import { numberOfText } from '../../dataset/values/number-text.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { createMissingTest } from '../missing.ts';
import { checkSameColumns } from '../same-columns.ts';
import type { ReadOptions } from '../types.ts';

/** What Hive writes for a missing value. */
const hiveMissing = '__HIVE_DEFAULT_PARTITION__';

/** The columns that a path's folders give, as in `year=2024/month=01/part-0.parquet`, with their texts. */
function folderValues(file: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const folder of file.split('/').slice(0, -1)) {
    const equals = folder.indexOf('=');
    if (equals > 0) values.set(decoded(folder.slice(0, equals)), decoded(folder.slice(equals + 1)));
  }
  return values;
}

/** Hive writes characters that a path cannot have as `%3A`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Adds the columns that the folders of files give. All values numbers: a column of numbers; else texts, of which the
 * types are found as those of other texts are.
 *
 * @param union a file whose folders lack a column is missing there.
 * @throws ConfigurationError when files are in different kinds of folders, or a file holds such a column itself with
 *   other values.
 */
export function withFolderColumns(
  source: SourceTable,
  options: Pick<ReadOptions, 'columns' | 'missingMarkers' | 'textColumns' | 'trim'>,
  union: boolean,
): SourceTable {
  const { table, parts } = source;
  const values = parts.map((part) => folderValues(part.name));
  const names = new Set(values.flatMap((own) => [...own.keys()]));
  if (names.size === 0) return source;
  if (!union) checkFolders(parts, values);
  const isMissing = createMissingTest(options);
  const columns = new Map(table.columns);
  for (const name of names) {
    if (options.columns && !options.columns.has(name)) continue;
    const texts = values.map((own) => {
      const text = own.get(name);
      return text === undefined || text === hiveMissing || isMissing(text) ? null : text;
    });
    const known = table.columns.get(name);
    if (known) checkAgreement(name, known, texts, parts);
    else columns.set(name, columnOfTexts(texts, parts, options.textColumns.has(name)));
  }
  return { ...source, table: { rows: table.rows, columns } };
}

function checkFolders(parts: readonly SourcePart[], values: readonly ReadonlyMap<string, string>[]): void {
  const folder = (i: number) => ({
    file: `${parts[i]!.name} (its folders)`,
    columns: [...values[i]!.keys()],
  });
  for (let i = 1; i < parts.length; i++) checkSameColumns(folder(0), folder(i));
}

function columnOfTexts(
  texts: readonly (string | null)[],
  parts: readonly SourcePart[],
  keepTexts: boolean,
): Column {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const present = texts.filter((text) => text !== null);
  if (!keepTexts && present.every((text) => !Number.isNaN(numberOfText(text)))) {
    const values = new Float64Array(rows).fill(Number.NaN);
    parts.forEach((part, i) => {
      const text = texts[i];
      if (text != null) values.fill(numberOfText(text), part.firstRow, part.firstRow + part.rows);
    });
    return { type: 'number', values };
  }
  const dictionary = [...new Set(present)];
  const codes = new Int32Array(rows);
  parts.forEach((part, i) => {
    const text = texts[i];
    codes.fill(text == null ? -1 : dictionary.indexOf(text), part.firstRow, part.firstRow + part.rows);
  });
  return { type: 'category', codes, dictionary };
}

function checkAgreement(
  name: string,
  column: Column,
  texts: readonly (string | null)[],
  parts: readonly SourcePart[],
): void {
  parts.forEach((part, i) => {
    for (let row = part.firstRow; row < part.firstRow + part.rows; row++) {
      const value = valueAt(column, row);
      if (isSame(value, texts[i] ?? null, column.type)) continue;
      throw new ConfigurationError(
        `${part.name} row ${row - part.firstRow + 1}: column ${quote(name)} holds ${quote(value)}, and the file's folder says ` +
          `${quote(texts[i] ?? null)}; rename the column in the files, or the folders, so that both can be read`,
      );
    }
  });
}

function isSame(value: ReturnType<typeof valueAt>, text: string | null, type: Column['type']): boolean {
  if (value === null || text === null) return value === text;
  if (type === 'date') return isoTime(text) === value;
  return typeof value === 'number' ? numberOfText(text) === value : String(value) === text;
}
