// APIs that answer JSON, page by page.
import type { HttpSourceConfig } from '../../config/sections/data-section.ts';
import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import { digestOf } from '../../platform/digest.ts';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { type Logger, silentLogger } from '../../platform/logger.ts';
import type { ByteSource } from '../byte-source.ts';
import { readCsv } from '../csv/csv-reader.ts';
import { type CsvOptions, textSettings } from '../csv/csv-text.ts';
import { utf8Source } from '../encoded-source.ts';
import { EnvironmentReferences } from '../environment-reference.ts';
import { parseLines } from '../json/json-reader.ts';
import type { JsonRow } from '../json/json-row.ts';
import { rowsOfJson } from '../json/json-rows.ts';
import { parseLenientJson } from '../json/json-text.ts';
import { textOfSource } from '../json/text-lines.ts';
import { memoryBytes } from '../memory-bytes.ts';
import { RecordTable } from '../record-table.ts';
import { redactedLogger } from '../redacted-logger.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { basicAuthorization, credentialsIn } from '../url-credentials.ts';
import { firstWords, type HttpAnswer, refuseHtml, shownUrl } from './http-answer.ts';
import { HttpClient, sameHost, withoutUser } from './http-client.ts';
import { PageLoop } from './page-loop.ts';
import { createPager } from './pagination.ts';

/**
 * Reads what an API answers, page by page, as one table. See `readSource`.
 *
 * @throws ConfigurationError, without secrets, when the address, an answer or its rows are refused.
 */
export async function readHttpSource(
  source: HttpSourceConfig,
  options: ReadOptions,
  given: SourcePorts,
): Promise<SourceTable> {
  const references = new EnvironmentReferences(given.environment);
  const ports = { ...given, logger: redactedLogger(given.logger, references) };
  const { url, authorization } = addressOf(source, references);
  const own = Object.entries(source.headers).map(
    ([name, value]) => [name, references.resolve(value, `data.source.headers.${name}`)] as const,
  );
  const isTold = own.some(([name]) => name.toLowerCase() === 'authorization');
  const headers = Object.fromEntries(
    authorization === undefined || isTold ? own : [['authorization', authorization] as const, ...own],
  );
  const limits = { timeout: source.timeout, retries: source.retries, maxBytes: source['max-bytes'] };
  const client = new HttpClient({ headers, ...limits }, ports, references);
  const collected =
    source.format === 'csv'
      ? new CsvPages(
          { ...options, ...textSettings(source), union: false },
          source.pagination !== undefined,
          ports.logger,
        )
      : new JsonPages(source, options, ports);
  try {
    await visitPages(source, url, client, collected, ports);
    return await collected.finish();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(references.redact(error.message));
  }
}

/** Where the first page is, and the header that user and password of the address are sent by: requests have none in them. */
function addressOf(
  source: HttpSourceConfig,
  references: EnvironmentReferences,
): { readonly url: URL; readonly authorization: string | undefined } {
  const text = references.resolve(source.url, 'data.source.url');
  if (!URL.canParse(text))
    throw new ConfigurationError('data.source.url is not an address once its variables are in');
  const given = new URL(text);
  const { user = '', password = '' } = credentialsIn(given);
  const asked = user === '' && password === '' ? undefined : basicAuthorization(user, password);
  hideParts(given, source.url, references);
  const url = withoutUser(given);
  if (asked !== undefined) references.hide(asked.replace('Basic ', ''));
  for (const [name, value] of Object.entries(source.query)) {
    url.searchParams.set(name, references.resolve(String(value), `data.source.query.${name}`));
  }
  return { url, authorization: asked };
}

/** Texts shorter than this are words and numbers that messages need. */
const shortestKey = 8;

/** What of an address does not stand in ciclo.yml may be a secret, also a part of it: a server may quote it by itself. */
function hideParts(url: URL, written: string, references: EnvironmentReferences): void {
  const { user = '', password = '' } = credentialsIn(url);
  for (const secret of [url.password, password]) references.hide(secret);
  for (const key of [url.username, user, ...url.searchParams.values(), ...url.pathname.split('/')]) {
    if (key.length >= shortestKey && !written.includes(key)) references.hide(key);
  }
}

async function visitPages(
  source: HttpSourceConfig,
  url: URL,
  client: HttpClient,
  collected: Pages,
  ports: SourcePorts,
): Promise<void> {
  const pager = createPager(url, source.pagination);
  const loop = new PageLoop(source['max-pages']);
  let next: URL | undefined = pager.first;
  for (let page = 1; next; page++) {
    loop.visit(next, page);
    const answer = await client.get(next, sameHost(url, next));
    refuseHtml(answer, source.format);
    const { rows, digest, document } = await collected.add(answer, `page ${page}`);
    if (source.pagination) {
      if (rows > 0) loop.compare(digest, answer.url, page);
      ports.logger.progress({
        task: `collect ${shownUrl(url)}`,
        done: page,
        detail: `${collected.rows} rows`,
      });
    }
    next = pager.next({ answer, document, rows });
  }
}

/** The pages of an answer, on the way to a table. */
interface Pages {
  readonly rows: number;
  /** @returns the page's rows, their digest, and of JSON the document. */
  add(answer: HttpAnswer, name: string): Promise<{ rows: number; digest: string; document: unknown }>;
  finish(): Promise<SourceTable>;
}

class JsonPages implements Pages {
  readonly #table: RecordTable;
  readonly #parts: SourcePart[] = [];
  readonly #source: HttpSourceConfig;
  readonly #ports: SourcePorts;

  constructor(source: HttpSourceConfig, options: ReadOptions, ports: SourcePorts) {
    this.#source = source;
    this.#ports = ports;
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
    return { table: this.#table.finish(this.#ports.logger), parts: this.#parts };
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
