// Records that `ciclo predict` reads and the predictions that it writes, a batch at a time.
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import { rowAt, type Table } from '../../shared/dataset/table/table.ts';
import { ConfigurationError, messageOf } from '../../shared/platform/errors.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import type { ByteSource } from '../../shared/source/files/byte-source.ts';
import { readCsvRecords } from '../../shared/source/record-csv.ts';
import { readArrowRecords, readParquetRecords } from '../../shared/source/record-files.ts';
import { formatOfStart, type RecordFormat } from './record-format.ts';
import { linesOf, recordOfLine, textOfStream } from './record-lines.ts';

/** Records on their way to the model. */
export interface RecordStream {
  readonly format: RecordFormat;
  /** JSON holding one object instead of an array: the answer is one object too. */
  readonly single: boolean;
  /** Values may be texts of the numbers, dates and truths that the model wants. */
  readonly coerce: boolean;
  /** Batches in order; the first record's number counts from 1. */
  readonly batches: AsyncIterable<RecordBatch>;
}

export interface RecordBatch {
  readonly first: number;
  readonly records: readonly unknown[];
}

export interface RecordPorts {
  /** Of the model. */
  readonly schema: DatasetSchema;
  readonly logger: Logger;
}

/** Records that are predicted together. */
export const batchSize = 4096;

/**
 * Reads records: NDJSON line by line, so that a stream of any length passes in little memory; others whole.
 *
 * @param format when not given, the first bytes tell it.
 */
export async function readRecords(
  source: ByteSource,
  format: RecordFormat | undefined,
  { schema, logger }: RecordPorts,
): Promise<RecordStream> {
  const chunks = source.open()[Symbol.asyncIterator]();
  const head = await firstBytes(chunks);
  const found = format ?? formatOfStart(new TextDecoder().decode(head));
  const bytes = { [Symbol.asyncIterator]: () => withHead(head, chunks) };
  if (found === 'ndjson')
    return { format: found, single: false, coerce: false, batches: lineBatches(bytes, source.name) };
  if (found === 'csv') {
    return tableStream(found, await readCsvRecords(await allOf(bytes), source.name, schema));
  }
  if (found === 'arrow') {
    const read = await readArrowRecords(await allOf(bytes), source.name, { schema, logger });
    return tableStream(found, read);
  }
  if (found === 'parquet') {
    throw new ConfigurationError(`${source.name}: Parquet is not read from a stream; give the file's name`);
  }
  const document = parseDocument(await textOfStream(bytes, source.name), source.name);
  const single = !Array.isArray(document);
  return {
    format: found,
    single,
    coerce: false,
    batches: listBatches(single ? [document] : (document as unknown[])),
  };
}

/** Reads the records of a Parquet file. */
export async function readParquetStream(
  path: string,
  name: string,
  { schema, logger }: RecordPorts,
): Promise<RecordStream> {
  return tableStream('parquet', await readParquetRecords(path, name, { schema, logger }));
}

function tableStream(format: RecordFormat, table: Table): RecordStream {
  return { format, single: false, coerce: true, batches: tableBatches(table) };
}

/** At least 4 KiB, or all there is: enough to tell a format by. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length < 4096) {
    const { value, done } = await chunks.next();
    if (done) break;
    pieces.push(Buffer.from(value)); // copied: a chunk is valid until the next one is asked for
    length += value.byteLength;
    if (pieces.at(-1)!.includes(10)) break; // a whole line tells it, and the next may be long in coming
  }
  return Buffer.concat(pieces);
}

async function* withHead(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (;;) {
    const { value, done } = await rest.next();
    if (done) return;
    yield value;
  }
}

async function* lineBatches(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<RecordBatch> {
  let records: unknown[] = [];
  let first = 1;
  for await (const line of linesOf(bytes, name)) {
    records.push(recordOfLine(line, name));
    if (records.length < batchSize) continue;
    yield { first, records };
    first += records.length;
    records = [];
  }
  if (records.length > 0) yield { first, records };
}

async function* listBatches(records: readonly unknown[]): AsyncGenerator<RecordBatch> {
  for (let from = 0; from < records.length; from += batchSize) {
    yield { first: from + 1, records: records.slice(from, from + batchSize) };
  }
}

function parseDocument(text: string, name: string): unknown {
  if (text.trim() === '') {
    throw new ConfigurationError(`${name} is empty: give records as a JSON array, NDJSON or CSV`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(
      `${name} is not JSON (${messageOf(error)}): give an array of objects or one object; for one object on each line add --format ndjson`,
      { cause: error },
    );
  }
}

async function allOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const kept: Buffer[] = [];
  for await (const chunk of bytes) kept.push(Buffer.from(chunk));
  return Buffer.concat(kept);
}

async function* tableBatches(table: Table): AsyncGenerator<RecordBatch> {
  for (let from = 0; from < table.rows; from += batchSize) {
    const length = Math.min(batchSize, table.rows - from);
    yield { first: from + 1, records: Array.from({ length }, (_, i) => rowAt(table, from + i)) };
  }
}

/** A stream of the process's as a source of bytes, read once. */
export function streamSource(stream: AsyncIterable<Uint8Array | string>, name: string): ByteSource {
  return {
    name,
    async *open() {
      for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    },
    digest: () => '',
  };
}
