import { isUtf8 } from 'node:buffer';
import { ConfigurationError } from '../../platform/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { checkText } from '../files/text-encoding.ts';
import { type CsvHeader, readHeader } from './csv-header.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { CsvText } from './csv-text.ts';

const bufferSize = 1 << 19;
/** A row that is longer than this is a quotation mark that was never closed. */
const longestRow = 1 << 26;

/** A file being read: the bytes not yet used, and where it stands. */
export class CsvFile {
  readonly source: ByteSource;
  readonly #text: CsvText;
  readonly #sizeAfter: number;
  /** Known once the header was read. */
  header: CsvHeader | undefined;
  scanner: CsvScanner;
  bytes = Buffer.alloc(bufferSize);
  #length = 0;
  /** Bytes before the buffer's first. */
  #offset = 0;
  #rows = 0;

  /** @param sizeAfter bytes of the files that follow, for {@link expectedRows}. */
  constructor(source: ByteSource, text: CsvText, sizeAfter: number) {
    this.source = source;
    this.#text = text;
    this.#sizeAfter = sizeAfter;
    this.scanner = new CsvScanner(source.name);
  }

  /** Adds bytes and finds the whole rows; their cells are in `scanner`, positions in `bytes`. */
  scan(chunk: Uint8Array, final: boolean): number {
    this.#drop(this.scanner.consumed);
    this.#add(chunk);
    if (this.#length === 0 && final && this.header) return 0;
    if (!this.header) {
      const bytes = this.bytes.subarray(0, this.#length);
      this.#checkStart(bytes, final);
      this.header = readHeader(bytes, this.source.name, this.#text, final);
      if (!this.header) return 0;
      this.scanner = new CsvScanner(this.source.name, this.header.line);
      this.#check(this.header.length);
      this.#drop(this.header.length);
    }
    this.scanner.scan(this.bytes, 0, this.#length, this.header, final);
    this.#check(this.scanner.consumed);
    this.#rows += this.scanner.rows;
    return this.scanner.rows;
  }

  /** How many rows may follow from the block of `rows` on, by the sizes and the rows so far. */
  expectedRows(rows: number): number {
    const { size } = this.source;
    if (size === undefined) return rows;
    const read = this.#offset + this.scanner.consumed;
    return Math.ceil(((size - read + this.#sizeAfter) / read) * this.#rows * 1.01) + rows;
  }

  #drop(length: number): void {
    this.bytes.copyWithin(0, length, this.#length);
    this.#length -= length;
    this.#offset += length;
    this.scanner.consumed = 0;
  }

  #add(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > longestRow) {
      throw new ConfigurationError(
        `${this.source.name}:${this.scanner.line}: a row of more than ${longestRow >> 20} MiB; ` +
          'a quotation mark that opens there is probably never closed',
      );
    }
    if (needed > this.bytes.length) {
      const grown = Buffer.alloc(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, this.#length);
      this.bytes = grown;
    }
    this.bytes.set(chunk, this.#length);
    this.#length = needed;
  }

  /** Bytes that are not text make no header either; a character may be cut at the end. */
  #checkStart(bytes: Buffer, final: boolean): void {
    const end = final ? bytes.length : bytes.lastIndexOf(10) + 1;
    this.#check(end);
  }

  #check(length: number): void {
    const bytes = this.bytes.subarray(0, length);
    if (!isUtf8(bytes) || bytes.includes(0)) checkText(bytes, this.#offset, this.source.name);
  }
}
