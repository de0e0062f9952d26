import { hashString } from './hash.ts';

/** A seeded stream of draws: the same seed gives the same draws on every machine. */
export interface Random {
  /** Uniform on [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform over 0 … 2^32 - 1. */
  uint32(): number;
  /** Writes the next draws of {@link uint32} over the whole array: many at once, where a call for each would cost more. */
  fill(words: Uint32Array): void;
  /** Uniform over 0 … n - 1, without modulo bias (by rejection). */
  integer(n: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Fisher-Yates, in place. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
  /** An independent stream for a named purpose: adding a purpose does not move the others' draws. */
  fork(label: string): Random;
}

/**
 * A generator seeded by a number or a text: sfc32 of PractRand, warmed up over 12 rounds.
 *
 * @param seed any safe integer or text; equal seeds give equal streams.
 * @throws RangeError from `integer` of the generator, for a bound outside 1 to 2^32.
 */
export function createRandom(seed: number | string): Random {
  const text = String(seed);
  let a = hashString(text, 0x9e3779b9) | 0;
  let b = hashString(text, 0x243f6a88) | 0;
  let c = hashString(text, 0xb7e15162) | 0;
  let counter = 1;
  let spare = Number.NaN;

  function uint32(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  }
  function fill(words: Uint32Array): void {
    let [a0, b0, c0, counter0] = [a, b, c, counter];
    for (let i = 0; i < words.length; i++) {
      const t = (((a0 + b0) | 0) + counter0) | 0;
      counter0 = (counter0 + 1) | 0;
      a0 = b0 ^ (b0 >>> 9);
      b0 = (c0 + (c0 << 3)) | 0;
      c0 = (((c0 << 21) | (c0 >>> 11)) + t) | 0;
      words[i] = t;
    }
    [a, b, c, counter] = [a0, b0, c0, counter0];
  }
  function next(): number {
    return uint32() / 4294967296;
  }
  function integer(n: number): number {
    if (!(n >= 1 && n <= 4294967296)) throw new RangeError(`random integer below ${n}: use 1 to 2^32`);
    if (n === 4294967296) return uint32();
    const bound = n >>> 0;
    for (;;) {
      const draw = uint32();
      // A remainder of unsigned 32-bit numbers is one instruction; the exact limit is a slow one of larger numbers, and
      // is needed only by draws near the top.
      if (draw <= 4294967296 - n || draw < 4294967296 - (4294967296 % n)) return (draw >>> 0) % bound;
    }
  }
  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  }
  for (let round = 0; round < 12; round++) uint32();

  return {
    next,
    uint32,
    fill,
    integer,
    normal,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const kept = items[i];
        (items as { [index: number]: unknown })[i] = items[j];
        (items as { [index: number]: unknown })[j] = kept;
      }
      return items;
    },
    fork: (label) => createRandom(`${text}/${label}`),
  };
}
