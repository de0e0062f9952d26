import { ConfigurationError, quote } from '../../platform/errors.ts';
import { type FirstRow, firstRows } from './csv-first-rows.ts';
import { checkHeader, trailingCells, withoutHash } from './csv-header-faults.ts';
import { lineText, nextLine } from './csv-lines.ts';
import { nameHeader } from './csv-names.ts';
import { type CsvPrelude, readPrelude } from './csv-prelude.ts';
import { delimiterByte, delimiterOfHeader, delimiterOfRows } from './csv-sniffing.ts';
import type { CsvText } from './csv-text.ts';

/** What is known of a file before its first row of data. */
export interface CsvHeader {
  readonly delimiter: number;
  /** Names of the columns; '' for one that has none, which may turn out to be empty. */
  readonly columns: readonly string[];
  /** Bytes up to the first row of data. */
  readonly length: number;
  /** Line that the first row of data begins on. */
  readonly line: number;
  /** Cells that rows have beyond the header, empty in the first ones: 0 or 1. */
  readonly beyond: number;
  /** Line of the names themselves. */
  readonly namesLine: number;
  readonly comment: number | undefined;
  readonly trim: boolean;
  /** What was read otherwise than it is written, in sentences. */
  readonly told: readonly string[];
}

/** Rows that are looked at to see whether the header is one. */
const lookedAt = 3;

/**
 * Reads the header at the start of a file's bytes; undefined when it is not whole yet.
 *
 * @param final nothing follows these bytes.
 * @throws ConfigurationError for what is not a header, and two columns of one name.
 */
export function readHeader(
  bytes: Buffer,
  file: string,
  text: CsvText,
  final: boolean,
): CsvHeader | undefined {
  const declared = text.delimiter === undefined ? undefined : delimiterByte(text.delimiter);
  const prelude = readPrelude(bytes, file, text, final);
  if (!prelude) return undefined;
  const without = text.header === false || Array.isArray(text.header);
  const delimiter =
    declared ??
    prelude.delimiter ??
    (without
      ? delimiterOfRows(linesFrom(bytes, prelude, text.comment, final))
      : delimiterOfHeader(bytes, prelude.from));
  const dialect = { delimiter, comment: text.comment?.charCodeAt(0), trim: text.trim };
  const headers = without ? 0 : 1;
  const rows = firstRows(bytes, prelude, dialect, { file, final, most: lookedAt + headers, headers });
  if (!rows) return undefined;
  const common = { ...dialect, told: [] };
  if (without) {
    const columns = givenNames(text.header, rows[0], file);
    const trailing = Array.isArray(text.header) ? trailingCells(columns.length, rows) : [];
    const { from, line } = prelude;
    const beyond = trailing.length;
    return { ...common, columns: [...columns, ...trailing], beyond, length: from, line, namesLine: line };
  }
  const [head, ...data] = rows;
  if (!head) throw new ConfigurationError(`${file} is empty; a CSV file begins with a row of column names`);
  const place = { file, line: head.line };
  const detected = declared === undefined && prelude.delimiter === undefined ? delimiter : undefined;
  checkHeader(head.cells, data, place, {
    detected,
    comment: text.comment,
    header: text.header,
    lines: linesFrom(bytes, { from: head.end, line: head.endLine }, text.comment, final),
    first: lineText(bytes, prelude.from, nextLine(bytes, prelude.from, bytes.length, true)!),
  });
  const bare = withoutHash(head.cells, place, text);
  const named = nameHeader(bare.cells, place, text.trim);
  const trailing = trailingCells(named.columns.length, data);
  return {
    ...common,
    columns: [...named.columns, ...trailing],
    beyond: trailing.length,
    length: head.end,
    line: head.endLine,
    namesLine: head.line,
    told: [...bare.told, ...named.told],
  };
}

function givenNames(header: CsvText['header'], first: FirstRow | undefined, file: string): readonly string[] {
  const width = first?.cells.length ?? 0;
  if (!Array.isArray(header)) return Array.from({ length: width }, (_, i) => `c${i + 1}`);
  const empty = first?.cells.slice(header.length).every((cell) => cell === '');
  if (first && (width < header.length || !empty)) {
    throw new ConfigurationError(
      `${file}:${first.line}: data.source.header names ${header.length} ${header.length === 1 ? 'column' : 'columns'} ` +
        `(${quote(header.join(', '))}), but the first row has ${width} ${width === 1 ? 'field' : 'fields'} (${quote(first.cells.join(', '))}); name each of them`,
    );
  }
  if (first && header.every((name, i) => first.cells[i]!.trim() === name)) {
    throw new ConfigurationError(
      `${file}:${first.line}: the first row holds the names that data.source.header gives (${quote(header.join(', '))}); ` +
        `leave header out, or skip that row: data: { source: { skip-rows: ${first.line} } }`,
    );
  }
  return header;
}

/** Some lines as text, to look at. */
function linesFrom(
  bytes: Buffer,
  { from }: CsvPrelude,
  comment: string | undefined,
  final: boolean,
): string[] {
  const lines: string[] = [];
  for (let at = from; lines.length < lookedAt && at < bytes.length; ) {
    const next = nextLine(bytes, at, bytes.length, final);
    if (next === undefined) break;
    const line = lineText(bytes, at, next);
    if (line !== '' && (comment === undefined || !line.startsWith(comment))) lines.push(line);
    at = next;
  }
  return lines;
}
