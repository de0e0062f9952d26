import { type Cursor, readVarint } from './thrift-struct.ts';

/**
 * Unpacks Parquet's hybrid of run lengths and bit packing (Encodings.md) into `out`.
 *
 * @param width bits of a value, at most 32.
 * @throws RangeError when `bytes[start, end)` hold too few values.
 */
export function unpackRuns(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  out: Int32Array,
): void {
  const cursor: Cursor = { bytes, at: start };
  const valueBytes = (width + 7) >> 3;
  let filled = 0;
  while (filled < out.length) {
    if (cursor.at >= end) throw new RangeError(`${filled} values where ${out.length} should be`);
    const head = readVarint(cursor);
    const count = Math.floor(head / 2);
    if (head % 2 === 1) {
      const packed = count * width;
      // The last group may be cut where no value is needed any more.
      const available = Math.min(packed, end - cursor.at);
      const wanted = Math.min(count * 8, out.length - filled);
      if (wanted * width > available * 8) throw new RangeError('bit-packed values are cut short');
      unpackBits(bytes, cursor.at, width, out, filled, wanted);
      cursor.at += packed;
      filled += wanted;
    } else {
      let value = 0;
      for (let i = 0; i < valueBytes; i++) value |= bytes[cursor.at++]! << (8 * i);
      if (cursor.at > end || count === 0) throw new RangeError('a run is cut short');
      // Writers may fill up to a group of eight; a longer run is damage, which the library would write out in full.
      if (count > out.length - filled + 8) {
        throw new RangeError(`a run of ${count} where ${out.length - filled} are left`);
      }
      const until = Math.min(filled + count, out.length);
      out.fill(value, filled, until);
      filled = until;
    }
  }
}

/** Whether nothing but one run of a value follows, as of the levels of a page where no value is missing. */
export function isOneRun(
  bytes: Uint8Array,
  start: number,
  end: number,
  { width, value, count }: { readonly width: number; readonly value: number; readonly count: number },
): boolean {
  if (start >= end || count === 0) return false;
  const cursor: Cursor = { bytes, at: start };
  const head = readVarint(cursor);
  const last = cursor.at + ((width + 7) >> 3);
  return head === 2 * count && last <= end && bytes[cursor.at] === value;
}

function unpackBits(
  bytes: Uint8Array,
  start: number,
  width: number,
  out: Int32Array,
  from: number,
  count: number,
): void {
  if (width === 0) {
    out.fill(0, from, from + count);
    return;
  }
  const mask = width === 32 ? -1 : (1 << width) - 1;
  // Four or five bytes are read at once: the last values are read from a copy with room behind it.
  const length = (count * width + 7) >> 3;
  let source = bytes;
  let base = start;
  if (start + length + 5 > bytes.length) {
    source = new Uint8Array(length + 5);
    source.set(bytes.subarray(start, start + length));
    base = 0;
  }
  for (let i = 0, bit = 0; i < count; i++, bit += width) {
    const at = base + (bit >>> 3);
    const shift = bit & 7;
    const word = source[at]! | (source[at + 1]! << 8) | (source[at + 2]! << 16) | (source[at + 3]! << 24);
    let value = word >>> shift;
    if (shift + width > 32) value |= source[at + 4]! << (32 - shift);
    out[from + i] = value & mask;
  }
}
