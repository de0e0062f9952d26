const magic = 0x184d2204;

/**
 * Unpacks an LZ4 frame (LZ4 Frame Format 1.6.4, without dictionaries; checksums are not compared).
 *
 * @throws RangeError when the bytes are not such a frame or are cut short.
 */
export function unpackLz4Frame(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw new RangeError('not an LZ4 frame');
  const flags = view.getUint8(4);
  if ((flags & 1) !== 0) throw new RangeError('an LZ4 frame with a dictionary');
  const sized = (flags & 8) !== 0;
  const blockChecksum = (flags & 16) !== 0 ? 4 : 0;
  const output = new Lz4Output(sized ? Number(view.getBigUint64(6, true)) : bytes.length * 4);
  let at = 7 + (sized ? 8 : 0);
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return output.bytes.subarray(0, output.length);
    const length = size & 0x7fffffff;
    if (at + length > bytes.length) throw new RangeError('an LZ4 frame that is cut short');
    const block = bytes.subarray(at, at + length);
    if (size !== length) output.copy(block, 0, length);
    else unpackBlock(block, output);
    at += length + blockChecksum;
  }
}

/** What was unpacked so far: blocks may refer back into it. */
class Lz4Output {
  bytes: Uint8Array;
  length = 0;

  constructor(expected: number) {
    this.bytes = new Uint8Array(Math.min(Math.max(expected, 64), 1 << 28));
  }

  copy(from: Uint8Array, start: number, count: number): void {
    if (start + count > from.length) throw new RangeError('an LZ4 block that is cut short');
    this.#reserve(count);
    this.bytes.set(from.subarray(start, start + count), this.length);
    this.length += count;
  }

  repeat(offset: number, count: number): void {
    if (offset === 0 || offset > this.length) throw new RangeError(`an LZ4 match at offset ${offset}`);
    this.#reserve(count);
    const { bytes } = this;
    let at = this.length;
    // Byte by byte: a match may overlap what it writes.
    for (let end = at + count; at < end; at++) bytes[at] = bytes[at - offset]!;
    this.length = at;
  }

  #reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}

/** One block: sequences of literals and a match (LZ4 Block Format). */
function unpackBlock(block: Uint8Array, output: Lz4Output): void {
  let at = 0;
  const extended = (count: number): number => {
    let total = count;
    for (let byte = 255; count === 15 && byte === 255; total += byte) {
      if (at >= block.length) throw new RangeError('an LZ4 block that is cut short');
      byte = block[at++]!;
    }
    return total;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = extended(token >> 4);
    output.copy(block, at, literals);
    at += literals;
    if (at >= block.length) return;
    const offset = block[at]! | ((block[at + 1] ?? 0) << 8);
    at += 2;
    output.repeat(offset, extended(token & 15) + 4);
  }
}
