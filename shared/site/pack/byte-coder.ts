// Bytes in fewer bytes, the same on every machine: an adaptive range coder.
//
// G. N. N. Martin, Range encoding: an algorithm for removing redundancy from a digitised message (1979); bits are coded
// and their chances learnt as LZMA does it (I. Pavlov, LZMA specification, 2015).

/**
 * Writes bytes, or reads them back: whoever describes in which order and by what they are coded, describes it once for
 * both. Each method takes the byte to write and returns the byte, which is the one that was read where one is read.
 */
export interface ByteCoder {
  /** A byte that is likely to be as the bytes of the same context before it. @param context a number of its own for each. */
  likely(context: number, byte: number): number;
  /** A byte of which nothing is known: it takes eight bits. */
  plain(byte: number): number;
}

/** A chance of a bit 0 in units of 1/2048, and by how many bits it moves towards what comes. */
const chanceBits = 11;
const rate = 5;
const smallestRange = 2 ** 24;
const carry = 2 ** 32;

/** The chances of a byte's bits, each by the bits above it. */
class Chances {
  readonly #byContext = new Map<number, Uint16Array>();

  of(context: number): Uint16Array {
    let chances = this.#byContext.get(context);
    if (!chances) {
      chances = new Uint16Array(256).fill(2 ** (chanceBits - 1));
      this.#byContext.set(context, chances);
    }
    return chances;
  }
}

function learn(chances: Uint16Array, at: number, bit: number): void {
  const chance = chances[at]!;
  chances[at] = bit === 0 ? chance + ((2 ** chanceBits - chance) >> rate) : chance - (chance >> rate);
}

/** Writes bytes. */
export class ByteWriter implements ByteCoder {
  readonly #chances = new Chances();
  readonly #plain: number[] = [];
  readonly #coded: number[] = [];
  #low = 0;
  #range = carry - 1;
  /** The last byte that a carry could still change, and how many of 255 follow it. */
  #held: number | undefined;
  #full = 0;

  likely(context: number, byte: number): number {
    const chances = this.#chances.of(context);
    let above = 1;
    for (let place = 7; place >= 0; place--) {
      const bit = (byte >> place) & 1;
      const bound = (this.#range >>> chanceBits) * chances[above]!;
      if (bit === 0) this.#range = bound;
      else {
        this.#low += bound;
        this.#range -= bound;
      }
      learn(chances, above, bit);
      above = 2 * above + bit;
      while (this.#range < smallestRange) {
        this.#range *= 256;
        this.#shift();
      }
    }
    return byte;
  }

  plain(byte: number): number {
    this.#plain.push(byte);
    return byte;
  }

  #shift(): void {
    const top = Math.floor(this.#low / smallestRange);
    if (top === 255) this.#full++;
    else {
      this.#release(top > 255 ? 1 : 0);
      this.#held = top % 256;
    }
    this.#low = (this.#low % smallestRange) * 256;
  }

  /** Writes what no carry can change any more. */
  #release(add: number): void {
    if (this.#held !== undefined) this.#coded.push(this.#held + add);
    for (; this.#full > 0; this.#full--) this.#coded.push((255 + add) % 256);
  }

  /** Everything that was written; nothing can be written after it. */
  bytes(): Uint8Array {
    for (let i = 0; i < 5; i++) this.#shift();
    const out = new Uint8Array(4 + this.#plain.length + this.#coded.length);
    new DataView(out.buffer).setUint32(0, this.#plain.length, true);
    out.set(this.#plain, 4);
    out.set(this.#coded, 4 + this.#plain.length);
    return out;
  }
}

/** Reads what a writer wrote, in the same order and by the same contexts. */
export class ByteReader implements ByteCoder {
  readonly #chances = new Chances();
  readonly #bytes: Uint8Array;
  readonly #endOfPlain: number;
  #plainAt = 4;
  #at: number;
  #code = 0;
  #range = carry - 1;

  /** @throws RangeError here or while reading when bytes are missing. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#endOfPlain = 4 + view.getUint32(0, true);
    this.#at = this.#endOfPlain;
    for (let i = 0; i < 4; i++) this.#code = this.#code * 256 + this.#next();
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined)
      throw new RangeError(`the packed numbers end after ${this.#bytes.length} bytes, too early`);
    return byte;
  }

  likely(context: number): number {
    const chances = this.#chances.of(context);
    let above = 1;
    while (above < 256) {
      const bound = (this.#range >>> chanceBits) * chances[above]!;
      const bit = this.#code < bound ? 0 : 1;
      if (bit === 0) this.#range = bound;
      else {
        this.#code -= bound;
        this.#range -= bound;
      }
      learn(chances, above, bit);
      above = 2 * above + bit;
      while (this.#range < smallestRange) {
        this.#range *= 256;
        this.#code = this.#code * 256 + this.#next();
      }
    }
    return above - 256;
  }

  plain(): number {
    if (this.#plainAt >= this.#endOfPlain) throw new RangeError('the packed numbers have no plain byte left');
    return this.#bytes[this.#plainAt++]!;
  }
}
