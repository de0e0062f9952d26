import type { HttpSourceConfig } from '../../config/sections/sources/http-source.ts';
import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import { digestOf } from '../../platform/digest.ts';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { type Logger, silentLogger } from '../../platform/logger.ts';
import { RecordTable } from '../columns/record-table.ts';
import { readCsv } from '../csv/csv-reader.ts';
import { type CsvOptions, textSettings } from '../csv/csv-text.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { utf8Source } from '../files/encoded-source.ts';
import { memoryBytes } from '../files/memory-bytes.ts';
import { parseLines } from '../json/json-reader.ts';
import type { JsonRow } from '../json/json-row.ts';
import { rowsOfJson } from '../json/json-rows.ts';
import { parseLenientJson } from '../json/json-text.ts';
import { textOfSource } from '../json/text-lines.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { firstWords, type HttpAnswer, shownUrl } from './http-answer.ts';

/** The pages of an answer, on the way to a table. */
export interface Pages {
  readonly rows: number;
  /** @returns the page's rows, their digest, and of JSON the document. */
  add(answer: HttpAnswer, name: string): Promise<{ rows: number; digest: string; document: unknown }>;
  finish(): Promise<SourceTable>;
}

/** @returns no page yet. */
export function collectedPages(
  source: HttpSourceConfig,
  options: ReadOptions,
  { logger }: Pick<SourcePorts, 'logger'>,
): Pages {
  if (source.format !== 'csv') return new JsonPages(source, options, logger);
  const csv = { ...options, ...textSettings(source), union: false };
  return new CsvPages(csv, source.pagination !== undefined, logger);
}

class JsonPages implements Pages {
  readonly #table: RecordTable;
  readonly #parts: SourcePart[] = [];
  readonly #source: HttpSourceConfig;
  readonly #logger: Logger;

  constructor(source: HttpSourceConfig, options: ReadOptions, logger: Logger) {
    this.#source = source;
    this.#logger = logger;
    this.#table = new RecordTable(options);
  }

  get rows(): number {
    return this.#table.rows;
  }

  async add(answer: HttpAnswer, name: string) {
    const place = `${shownUrl(answer.url)} (${name})`;
    const { rows, document } =
      this.#source.format === 'ndjson'
        ? { rows: await linesOfAnswer(answer, place, this.#source.encoding), document: undefined }
        : await documentOfAnswer(answer, this.#source, place);
    const firstRow = this.#table.rows;
    for (const row of rows) this.#table.add(row);
    const digest = digestOf(rows);
    if (rows.length > 0 || this.#parts.length === 0)
      this.#parts.push({ name, digest, firstRow, rows: rows.length });
    return { rows: rows.length, digest, document };
  }

  async finish(): Promise<SourceTable> {
    return { table: this.#table.finish(this.#logger), parts: this.#parts };
  }
}

async function documentOfAnswer(
  answer: HttpAnswer,
  { rows: path, encoding }: HttpSourceConfig,
  place: string,
): Promise<{ rows: readonly JsonRow[]; document: unknown }> {
  const text = await textOfSource(utf8Source(memoryBytes(place, answer.bytes), encoding));
  let document: unknown;
  try {
    document = parseLenientJson(text);
  } catch (error) {
    throw new ConfigurationError(
      `${place} answered what is not JSON (${messageOf(error)}): ${firstWords(answer.bytes)}`,
      { cause: error },
    );
  }
  return { rows: rowsOfJson(document, path, place), document };
}

async function linesOfAnswer(
  answer: HttpAnswer,
  place: string,
  encoding: string | undefined,
): Promise<readonly JsonRow[]> {
  const rows: JsonRow[] = [];
  await parseLines(utf8Source(memoryBytes(place, answer.bytes), encoding), (row) => void rows.push(row));
  return rows;
}

/** CSV pages are kept as bytes and read together at the end: each has its own header. Rows count only between pages. */
class CsvPages implements Pages {
  rows = 0;
  readonly #pages: ByteSource[] = [];
  readonly #options: CsvOptions;
  readonly #paged: boolean;
  readonly #logger: Logger;

  constructor(options: CsvOptions, paged: boolean, logger: Logger) {
    this.#options = options;
    this.#paged = paged;
    this.#logger = logger;
  }

  async add(answer: HttpAnswer, name: string) {
    const page = memoryBytes(name, answer.bytes);
    const rows = this.#paged ? await this.#count(page) : 0;
    if (rows > 0 || this.#pages.length === 0) this.#pages.push(page);
    this.rows += rows;
    return { rows, digest: page.digest(), document: undefined };
  }

  async #count(page: ByteSource): Promise<number> {
    const { table } = await readCsv([page], this.#options, silentLogger);
    return table.rows;
  }

  finish(): Promise<SourceTable> {
    return readCsv(this.#pages, this.#options, this.#logger);
  }
}
