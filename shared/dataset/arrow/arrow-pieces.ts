import type { ArrowValues } from './arrow-encoding.ts';

/** Takes what the encoder writes, piece by piece, instead of joining it. */
export class PieceSink {
  readonly written: Uint8Array[] = [];
  byteLength = 0;

  write(bytes: Uint8Array): void {
    this.written.push(bytes);
    this.byteLength += bytes.byteLength;
  }

  pad(byteCount: number): void {
    this.write(new Uint8Array(byteCount));
  }

  finish(): null {
    return null;
  }
}

/**
 * Bytes that are made when they are to be written. The encoder needs to know before only how many there are: it is given
 * arrays of that length, over memory that nobody reads or writes, so that the system never provides it.
 */
export class LaterBytes {
  readonly #made = new Map<ArrayBufferLike, () => ArrowValues>();

  /** An array that stands for `byteLength` bytes of what `make` gives. */
  add(byteLength: number, make: () => ArrowValues): Uint8Array {
    const standIn = new Uint8Array(byteLength);
    this.#made.set(standIn.buffer, make);
    return standIn;
  }

  /** The bytes written, with those that were stood in for. @throws RangeError when they are not as many. */
  *filled(written: readonly Uint8Array[]): Generator<Uint8Array> {
    for (const bytes of written) {
      const make = this.#made.get(bytes.buffer);
      if (!make) {
        yield bytes;
        continue;
      }
      const { buffer, byteOffset, byteLength } = make() as Uint8Array;
      if (byteLength !== bytes.byteLength) {
        throw new RangeError(`a column of ${bytes.byteLength} bytes gave ${byteLength} when it was written`);
      }
      yield new Uint8Array(buffer, byteOffset, byteLength);
    }
  }
}
