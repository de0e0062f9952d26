import { glob } from 'tinyglobby';
import { ConfigurationError } from '../../platform/errors.ts';
import { type FileFormat, knownFormat } from '../file-format.ts';

const shownNames = 5;

/** The data files below a folder, relative to it, as {@link dataFiles} chooses them. @param called what messages call the folder. */
export async function filesOfFolder(
  folder: string,
  called: string,
  wanted: FileFormat | undefined,
): Promise<string[]> {
  return dataFiles(await glob('**', { cwd: folder, onlyFiles: true, dot: true }), called, wanted);
}

/**
 * Of the files below a folder those of data: whose name tells the wanted format, or, when none is wanted, the one format
 * that there is. Names that begin with `_` or `.` are left out, as Hive and Spark do.
 *
 * @param all names relative to the folder. @param called what messages call the folder.
 * @throws ConfigurationError when there is no such file, or there are files of several formats.
 */
export function dataFiles(all: readonly string[], called: string, wanted: FileFormat | undefined): string[] {
  const names = [...all].sort();
  const seen = names.filter((name) => !/(^|\/)[._]/.test(name));
  const byFormat = new Map<FileFormat, string[]>();
  for (const name of seen) {
    const format = knownFormat(name);
    if (format) byFormat.set(format, [...(byFormat.get(format) ?? []), name]);
  }
  if (wanted !== undefined) {
    const files = byFormat.get(wanted) ?? (byFormat.size === 0 ? seen : []);
    if (files.length > 0) return files;
  } else if (byFormat.size === 1) return [...byFormat.values()][0]!;
  throw byFormat.size > 1 ? severalFormats(called, byFormat) : noFiles(called, seen, names.length, wanted);
}

function severalFormats(called: string, byFormat: ReadonlyMap<FileFormat, string[]>): ConfigurationError {
  const counts = [...byFormat].map(([format, files]) => `${files.length} of ${format} (${files[0]})`);
  const [format] = byFormat.keys();
  return new ConfigurationError(
    `data.source.path: folder ${called} holds files of different formats: ${counts.join(', ')}; ` +
      `say which: data: { source: { type: file, path: ${called}, format: ${format} } }`,
  );
}

function noFiles(
  called: string,
  seen: readonly string[],
  all: number,
  wanted: FileFormat | undefined,
): ConfigurationError {
  const kind = wanted ?? 'csv, json, ndjson, parquet or arrow';
  const shown = seen.slice(0, shownNames).join(', ') + (seen.length > shownNames ? ', …' : '');
  const holds =
    seen.length > 0
      ? `it holds ${shown}`
      : all > 0
        ? 'all names below it begin with "_" or "."'
        : 'there is no file below it';
  const advice =
    seen.length > 0 && wanted === undefined ? `; set data.source.format when they are of one of these` : '';
  return new ConfigurationError(
    `data.source.path: folder ${called} holds no file of ${kind}: ${holds}${advice}`,
  );
}
