import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError, messageOf, quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ByteSource } from '../byte-source.ts';
import { RecordTable } from '../record-table.ts';
import { checkSameColumns } from '../same-columns.ts';
import type { ReadOptions } from '../types.ts';
import { isObject } from './json-path.ts';
import { type JsonRow, rowsOfJson } from './json-rows.ts';
import { errorOffset, parseJson } from './json-text.ts';
import { linesOf, textOfSource } from './text-lines.ts';

export interface JsonOptions extends ReadOptions {
  readonly format: 'json' | 'ndjson';
  /** Where the rows are in a JSON document. */
  readonly path: string;
  readonly union: boolean;
}

/**
 * Reads JSON documents, or files of one JSON object a line, as one table.
 *
 * Values keep JSON's own types: a text of digits stays text, a whole number beyond ±2^53 becomes text. A column
 * of mixed types is text.
 *
 * @throws ConfigurationError for text that is no JSON (with the line), rows that are no objects, and files
 *   whose columns differ.
 */
export async function readJson(
  sources: readonly ByteSource[],
  options: JsonOptions,
  logger: Logger,
): Promise<SourceTable> {
  const table = new RecordTable(options);
  const parts: SourcePart[] = [];
  let first: { file: string; columns: readonly string[] } | undefined;
  for (const source of sources) {
    const firstRow = table.rows;
    const seen = new Set<string>();
    const take = (row: JsonRow): void => table.add(row, seen);
    if (options.format === 'ndjson') await parseLines(source, take);
    else for (const row of await readDocument(source, options.path)) take(row);
    const rows = table.rows - firstRow;
    parts.push({ name: source.name, digest: source.digest(), firstRow, rows });
    if (rows === 0) continue;
    const columns = { file: source.name, columns: [...seen] };
    if (!first) first = columns;
    else if (!options.union) checkSameColumns(first, columns);
  }
  return { table: table.finish(logger), parts };
}

async function readDocument(source: ByteSource, path: string): Promise<readonly JsonRow[]> {
  const text = await textOfSource(source);
  if (text.trim() === '')
    throw new ConfigurationError(`${source.name} is empty; a JSON file holds an array of objects`);
  return rowsOfJson(parseDocument(text, source.name), path, source.name);
}

/** @throws ConfigurationError with line and column when the text is no JSON. */
function parseDocument(text: string, name: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const lines = text.slice(0, errorOffset(text) ?? 0).split(/\r\n|\r|\n/);
    const place =
      lines.length === 1 && lines[0] === '' ? name : `${name}:${lines.length}:${lines.at(-1)!.length + 1}`;
    const hint = /^\s*\{.*\}\s*\n\s*\{/.test(text)
      ? '; it looks like one object a line: set data.source.format to ndjson'
      : '';
    throw new ConfigurationError(`${place}: this is no JSON (${reasonOf(error)})${hint}`, { cause: error });
  }
}

/** What the language says of an error, without the text that it quotes. */
function reasonOf(error: unknown): string {
  return messageOf(error)
    .replace(/, (\.\.\.)?".*"(\.\.\.)? is not valid JSON$/s, '')
    .replace(/ (in JSON )?at position \d+.*$/s, '');
}

/** Calls `take` for the object of each line. @throws ConfigurationError with the line of what is none. */
export async function parseLines(source: ByteSource, take: (row: JsonRow) => void): Promise<void> {
  let line = 0;
  for await (const text of linesOf(source)) {
    line++;
    if (text.trim() === '') continue;
    take(parseLine(text, `${source.name}:${line}`));
  }
}

function parseLine(text: string, place: string): JsonRow {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new ConfigurationError(`${place}: this line is no JSON (${reasonOf(error)}): ${quote(text)}`, {
      cause: error,
    });
  }
  if (isObject(value)) return value;
  throw new ConfigurationError(
    `${place}: every line must be an object of columns, this one is ${quote(value)}`,
  );
}
