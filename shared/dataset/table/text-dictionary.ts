import { finishHash } from '../../platform/hash.ts';

const initialSlots = 1024;

function hashBytes(bytes: Buffer, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x85ebca6b);
  return finishHash(hash);
}

/**
 * Distinct texts by their UTF-8 bytes, so that a cell seen before costs no string. An open-addressing table;
 * codes count from 0 in order of first appearance, and a text that means missing has the code -1.
 */
export class TextDictionary {
  readonly texts: string[] = [];
  readonly #isMissing: (text: string) => boolean;
  /** Entry number + 1 by slot; 0 is free. */
  #slots = new Int32Array(initialSlots);
  #mask = initialSlots - 1;
  #hashes = new Uint32Array(initialSlots / 2);
  #codes = new Int32Array(initialSlots / 2);
  /** Where each entry's bytes begin in the arena; the next entry's begin is its end. */
  #offsets = new Float64Array(initialSlots / 2 + 1);
  #arena = Buffer.allocUnsafeSlow(initialSlots * 8);
  #entries = 0;

  /** @param isMissing asked once for each distinct text. */
  constructor(isMissing: (text: string) => boolean) {
    this.#isMissing = isMissing;
  }

  /** The code of `bytes[start, end)`, added when new. */
  codeOf(bytes: Buffer, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const slots = this.#slots;
    const mask = this.#mask;
    const length = end - start;
    let slot = hash & mask;
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (this.#hashes[entry - 1] === hash) {
        const offset = this.#offsets[entry - 1]!;
        if (this.#offsets[entry]! - offset === length && this.#equals(offset, bytes, start, length)) {
          return this.#codes[entry - 1]!;
        }
      }
      slot = (slot + 1) & mask;
    }
    return this.#add(hash, slot, bytes, start, end);
  }

  #equals(offset: number, bytes: Buffer, start: number, length: number): boolean {
    const arena = this.#arena;
    for (let i = 0; i < length; i++) if (arena[offset + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(hash: number, slot: number, bytes: Buffer, start: number, end: number): number {
    const text = bytes.toString('utf8', start, end);
    const code = this.#isMissing(text) ? -1 : this.texts.push(text) - 1;
    const entry = this.#entries++;
    const offset = this.#offsets[entry]!;
    const needed = offset + end - start;
    if (needed > this.#arena.length) this.#growArena(needed);
    bytes.copy(this.#arena, offset, start, end);
    this.#hashes[entry] = hash;
    this.#codes[entry] = code;
    this.#offsets[entry + 1] = needed;
    this.#slots[slot] = entry + 1;
    if (this.#entries * 2 >= this.#slots.length) this.#growSlots();
    return code;
  }

  #growArena(needed: number): void {
    const arena = Buffer.allocUnsafeSlow(Math.max(needed, this.#arena.length * 2));
    this.#arena.copy(arena);
    this.#arena = arena;
  }

  #growSlots(): void {
    const size = this.#slots.length * 2;
    const slots = new Int32Array(size);
    for (let entry = 0; entry < this.#entries; entry++) {
      let slot = this.#hashes[entry]! & (size - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      slots[slot] = entry + 1;
    }
    this.#slots = slots;
    this.#mask = size - 1;
    const hashes = new Uint32Array(size / 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const codes = new Int32Array(size / 2);
    codes.set(this.#codes);
    this.#codes = codes;
    const offsets = new Float64Array(size / 2 + 1);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
  }
}
