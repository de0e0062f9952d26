import { type FileHandle, open } from 'node:fs/promises';
import { IntegrityError } from '../../platform/errors.ts';
import type { OpenRanges } from '../files/byte-ranges.ts';
import { readInto } from '../files/file-ranges.ts';

/** Bytes of one request: large enough that the way there and back is a small part of it. */
const usualBlock = 4 << 20;
/** Requests of one reader at a time. */
const atOnce = 4;

/** Gives bytes from `start` to before `end`. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

/**
 * Bytes that come in blocks over a network, each once, and are kept in a file of the machine: Parquet reads here and there, CSV
 * now and then twice, and the digest is of all of them.
 */
export class SpooledObject implements OpenRanges {
  readonly byteLength: number;
  readonly #read: ReadRange;
  readonly #file: string;
  readonly #block: number;
  readonly #blocks: (Promise<void> | undefined)[] = [];
  #handle: Promise<FileHandle> | undefined;
  #closed = false;

  /** @param size in bytes. @param file where blocks are kept; nothing is there before the first. */
  constructor(size: number, read: ReadRange, file: string, block = usualBlock) {
    this.byteLength = size;
    this.#read = read;
    this.#file = file;
    this.#block = block;
  }

  async slice(start: number, end = this.byteLength): Promise<ArrayBuffer> {
    const last = Math.min(end, this.byteLength);
    const bytes = new Uint8Array(Math.max(0, last - start));
    if (bytes.length === 0) return bytes.buffer;
    await this.#fetch(start, last);
    if (!(await readInto(await this.#open(), bytes, start))) {
      throw new IntegrityError(
        `${this.#file}, where bytes that were fetched are kept, became shorter while it was used`,
      );
    }
    return bytes.buffer;
  }

  /** All bytes from the start; the next ones are asked for while these are used. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const step = this.#block * atOnce;
    let next = this.#ahead(0, step);
    for (let start = 0; start < this.byteLength; start += step) {
      const chunk = new Uint8Array(await next);
      next = this.#ahead(start + step, start + 2 * step);
      yield chunk;
    }
  }

  #ahead(start: number, end: number): Promise<ArrayBuffer> {
    const bytes = this.slice(Math.min(start, this.byteLength), end);
    // Whoever stops reading never looks at it, which must not end the process.
    bytes.catch(() => undefined);
    return bytes;
  }

  async #fetch(start: number, end: number): Promise<void> {
    const wanted: number[] = [];
    for (let block = Math.floor(start / this.#block); block * this.#block < end; block++) wanted.push(block);
    const next = wanted.values();
    const worker = async (): Promise<void> => {
      for (const block of next) await this.#kept(block);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, wanted.length) }, worker));
  }

  #kept(block: number): Promise<void> {
    this.#blocks[block] ??= this.#keep(block);
    return this.#blocks[block];
  }

  async #keep(block: number): Promise<void> {
    const start = block * this.#block;
    const bytes = await this.#read(start, Math.min(start + this.#block, this.byteLength));
    const handle = await this.#open();
    // On a disk that is nearly full a write takes less than it is given, and the next one fails.
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, start + done);
      done += bytesWritten;
    }
  }

  #open(): Promise<FileHandle> {
    if (this.#closed) return Promise.reject(new Error('nobody reads it any more'));
    this.#handle ??= open(this.#file, 'wx+', 0o600);
    return this.#handle;
  }

  async close(): Promise<void> {
    // What is still on its way must not make the file again.
    this.#closed = true;
    const handle = await this.#handle?.catch(() => undefined);
    await handle?.close();
  }
}
