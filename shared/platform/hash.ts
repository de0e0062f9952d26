/**
 * Fast non-cryptographic hashing of row keys. Two 32-bit lanes make a 64-bit row id;
 * each is MurmurHash3's x86_32 mixing (Austin Appleby, public domain) over 32-bit words.
 */

/** Mixes one 32-bit word into a running hash. */
export function mixWord(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/** Ends a running hash (fmix32); the result is an unsigned 32-bit integer. */
export function finishHash(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash of a text's UTF-16 code units and its length; unsigned 32 bits. */
export function hashString(text: string, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) h = mixWord(h, text.charCodeAt(i));
  return finishHash(mixWord(h, text.length));
}
