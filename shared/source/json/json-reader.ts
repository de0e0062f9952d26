// JSON and NDJSON files.
import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError, messageOf, quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { RecordTable } from '../columns/record-table.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { utf8Source } from '../files/encoded-source.ts';
import { checkSameColumns } from '../same-columns.ts';
import type { ReadOptions } from '../types.ts';
import { isObject } from './json-path.ts';
import type { JsonRow } from './json-row.ts';
import { rowsOfJson } from './json-rows.ts';
import { errorOffset, parseLenientJson } from './json-text.ts';
import { linesOf, textOfSource } from './text-lines.ts';

export interface JsonOptions extends ReadOptions {
  readonly format: 'json' | 'ndjson';
  /** Where the rows are in a JSON document. */
  readonly path: string;
  readonly union: boolean;
  /** See `utf8Source`. */
  readonly encoding?: string | undefined;
}

/**
 * Reads JSON documents, or files of one JSON object a line, as one table.
 *
 * Values keep JSON's own types: a text of digits stays text, a whole number beyond ±2^53 becomes text. A column
 * of mixed types is text.
 *
 * @throws ConfigurationError for text that is not JSON (with the line), rows that are not objects, and files
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
  for (const stored of sources) {
    const source = utf8Source(stored, options.encoding);
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

/** @throws ConfigurationError with line and column when the text is not JSON. */
function parseDocument(text: string, name: string): unknown {
  try {
    return parseLenientJson(text);
  } catch (error) {
    const place = placeOf(text, errorOffset(text) ?? 0, name);
    throw new ConfigurationError(
      `${place}: this is not JSON (${reasonOf(error)})${followingDocument(text)}`,
      {
        cause: error,
      },
    );
  }
}

function placeOf(text: string, offset: number, name: string): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return lines.length === 1 && lines[0] === '' ? name : `${name}:${lines.length}:${lines.at(-1)!.length + 1}`;
}

/** What to do where a document is whole and another one follows; nothing where that is not so. */
function followingDocument(text: string): string {
  const end = errorOffset(text);
  if (end === undefined || end === 0 || !isJson(text.slice(0, end))) return '';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.slice(0, 2).every((line) => line.trimStart().startsWith('{') && isJson(line))) {
    return '; it looks like one object a line: set data.source.format to ndjson';
  }
  return "; a second document begins here, and a JSON file holds one: write all rows into one array, as jq -s 'flatten(1)' does";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
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
  let rows = 0;
  for await (const text of linesOf(source)) {
    line++;
    if (text.trim() === '') continue;
    const place = `${source.name}:${line}`;
    if (rows++ === 0) refuseArray(text, place);
    take(parseLine(text, place));
  }
}

/** A file of one array, perhaps over many lines, instead of one object a line. */
function refuseArray(text: string, place: string): void {
  if (!/^\s*\[\s*(\{|$)/.test(text)) return;
  throw new ConfigurationError(
    `${place}: this is a JSON array (${quote(text)}), and NDJSON is one object a line: set data.source.format to json (data: { source: { format: json } })`,
  );
}

function parseLine(text: string, place: string): JsonRow {
  let value: unknown;
  try {
    value = parseLenientJson(text);
  } catch (error) {
    throw new ConfigurationError(`${place}: this line is not JSON (${reasonOf(error)}): ${quote(text)}`, {
      cause: error,
    });
  }
  if (isObject(value)) return value;
  throw new ConfigurationError(
    `${place}: every line must be an object of columns, this one is ${quote(value)}`,
  );
}
