import type { ArrowValues } from './arrow-values.ts';

/** Takes what the encoder writes, piece by piece, instead of joining it. */
export class PieceSink {
  readonly written: Uint8Array[] = [];

  write(bytes: Uint8Array): void {
    this.written.push(bytes);
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
 * arrays of that length, over memory that nobody reads or writes, so that the system never provides it (a buffer that may
 * be resized is not filled with zeros by hand, as small ones are).
 */
export class LaterBytes {
  readonly #standIn: ArrayBuffer;
  readonly #made = new Map<number, () => ArrowValues>();
  #next = 0;

  /** @param most bytes that may be stood in for. */
  constructor(most: number) {
    this.#standIn = new ArrayBuffer(most, { maxByteLength: most });
  }

  /** An array that stands for `byteLength` bytes of what `make` gives. */
  add(byteLength: number, make: () => ArrowValues): Uint8Array {
    const standIn = new Uint8Array(this.#standIn, this.#next, byteLength);
    if (byteLength > 0) this.#made.set(this.#next, make);
    this.#next += byteLength;
    return standIn;
  }

  /** The bytes written, with those that were stood in for. @throws RangeError when they are not as many. */
  *filled(written: readonly Uint8Array[]): Generator<Uint8Array> {
    for (const bytes of written) {
      const make = bytes.buffer === this.#standIn ? this.#made.get(bytes.byteOffset) : undefined;
      if (!make || bytes.byteLength === 0) {
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

/** The pieces as one array; a single piece as it is, not a copy. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}
